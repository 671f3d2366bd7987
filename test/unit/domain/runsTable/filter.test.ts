import { describe, expect, it } from 'vitest';
import type { TableColumn } from '../../../../src/domain/runsTable/columns';
import { columnsOf } from '../../../../src/domain/runsTable/columns';
import { filterInWords, parseFilter, predicateOf } from '../../../../src/domain/runsTable/filter';
import type { Operator } from '../../../../src/domain/runsTable/filter';
import type { Value } from '../../../../src/domain/runsTable/row';
import { tableRow } from './rows';

const ROW = tableRow('a');

function passes(kind: TableColumn['kind'], value: Value, operator: Operator, operand = ''): boolean {
  const column: TableColumn = { id: 'x', group: 'settings', label: 'x', kind, of: () => value };
  return predicateOf({ column: 'x', operator, operand }, column)(ROW);
}

describe('typed filters', () => {
  it('read operands as cells show them: per cent, durations, bytes, dates, thousands', () => {
    expect(passes('share', 0.9, '>', '88.4 %')).toBe(true);
    expect(passes('share', 0.9, '>', '0.95')).toBe(false);
    expect(passes('duration', 5400, '=', '1 h 30 m')).toBe(true);
    expect(passes('duration', 192, '<', '3 m')).toBe(false);
    expect(passes('bytes', 5e8, '<', '512 MB')).toBe(true);
    expect(passes('number', 1910, '=', '1,910')).toBe(true);
    expect(passes('number', 2e-4, '<=', '2e-4')).toBe(true);
    expect(passes('number', Infinity, '=', '∞')).toBe(true);
    expect(passes('time', Date.UTC(2026, 7, 2), '>=', '2026-08-01')).toBe(true);
    expect(passes('flag', true, '=', 'yes')).toBe(true);
  });

  it('a missing value meets != and missing, nothing else; NaN is missing', () => {
    for (const operator of ['=', '<', '<=', '>', '>='] as const)
      expect(passes('number', undefined, operator, '0'), operator).toBe(false);
    expect(passes('number', undefined, '!=', '0')).toBe(true);
    expect(passes('number', NaN, 'missing')).toBe(true);
    expect(passes('number', 0, 'present')).toBe(true);
    expect(passes('text', undefined, 'contains', 'x')).toBe(false);
  });

  it('compare texts without regard to case', () => {
    expect(passes('text', 'SupCon', '=', 'supcon')).toBe(true);
    expect(passes('text', 'SupCon', 'contains', 'PC')).toBe(true);
    expect(passes('text', 'SupCon', '!=', 'SUPCON')).toBe(false);
  });

  it.each([
    ['number', 'abc', 'is no number for x: write 0.1 or 1e-4'],
    ['number', '', 'is no number'],
    ['number', '5 %', 'is no number'],
    ['share', '5 MB', 'write 0.884 or 88.4 %'],
    ['duration', '3 parsecs', 'is no duration'],
    ['time', 'yesterday-ish', 'is no date'],
    ['flag', 'maybe', 'neither yes nor no'],
  ] as const)('say what to write instead: %s %s', (kind, operand, sentence) => {
    expect(() => passes(kind, 1, '=', operand)).toThrow(sentence);
  });
});

describe('a filter on one line', () => {
  const columns = columnsOf([tableRow('a', { settings: { 'loss.temperature': 0.1, loss: 1 } })]);

  it.each([
    ['loss.temperature < 0.2', { column: 'setting:loss.temperature', operator: '<', operand: '0.2' }],
    ['LOSS.temperature>=0.2', { column: 'setting:loss.temperature', operator: '>=', operand: '0.2' }],
    ['name contains s1 x', { column: 'run:name', operator: 'contains', operand: 's1 x' }],
    ['notes missing', { column: 'run:notes', operator: 'missing', operand: '' }],
    ['duration > 3 m', { column: 'run:duration', operator: '>', operand: '3 m' }],
  ])('%s', (line, filter) => {
    expect(parseFilter(line, columns)).toEqual(filter);
    const label = columns.find(({ id }) => id === filter.column)?.label ?? '';
    expect(parseFilter(filterInWords(filter as never, label), columns)).toEqual(filter);
  });

  it.each(['fmnist', 'loss', 'name', 'unknown < 3', 'namecontains x', '< 3', ''])('is none: %s', (line) => {
    expect(parseFilter(line, columns)).toBeUndefined();
  });
});
