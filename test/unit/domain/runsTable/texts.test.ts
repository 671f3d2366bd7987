import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { cellText, exactText, plainValue, spreadText } from '../../../../src/domain/runsTable/cellText';
import { columnsOf } from '../../../../src/domain/runsTable/columns';
import { tableText } from '../../../../src/domain/runsTable/tableText';
import { randomRows, tableRow } from './rows';

const NOW = Date.UTC(2026, 7, 1);

describe('a value as text', () => {
  it.each([
    [0.88412, 'share', '88.4 %', '0.88412 (88.4 %)'],
    [0.0123456, 'number', '0.0123', '0.0123456'],
    [128, 'number', '128', '128'],
    [50_000, 'number', '50,000', '50000'],
    [3.4e6, 'number', '3.40 M', '3400000'],
    [NaN, 'number', 'NaN', 'NaN'],
    [-Infinity, 'share', '−∞', '-Infinity (−∞)'],
    [192.25, 'duration', '3 m 12 s', '192.25 s'],
    [5.12e8, 'bytes', '512 MB', '512,000,000 B'],
    [false, 'flag', 'no', 'no'],
    [undefined, 'number', '', ''],
  ] as const)('%s as %s: %s, exactly %s', (value, kind, short, exact) => {
    expect(cellText(value, kind, NOW)).toBe(short);
    expect(exactText(value, kind)).toBe(exact);
  });

  it('tells times relative to now, and the moment itself in files', () => {
    expect(cellText(NOW - 120_000, 'time', NOW)).toBe('2 m ago');
    expect(plainValue(NOW, 'time')).toBe('2026-08-01T00:00:00.000Z');
  });

  it('shows a spread with its unit once', () => {
    expect(spreadText({ mean: 0.884, deviation: 0.0031, count: 3 }, 'share')).toBe('88.4 ± 0.3 %');
    expect(spreadText({ mean: 5.92, deviation: 0.01234, count: 3 }, 'number')).toBe('5.92 ± 0.0123');
    expect(spreadText({ mean: 0.884, deviation: NaN, count: 1 }, 'share')).toBe('88.4 %');
  });
});

describe('runs as text', () => {
  it.each([1, 2, 3])(
    'survive a trip through CSV and tab-separated text in full precision (seed %i)',
    (seed) => {
      const rows = randomRows(seed, 40).map((row, i) =>
        i % 2 ? row : { ...row, summary: { ...row.summary, notes: 'two\nlines, "quoted"\tand a tab' } },
      );
      const columns = columnsOf(rows).filter(({ kind }) => kind !== 'time');
      for (const [format, delimiter] of [
        ['csv', ','],
        ['text', '\t'],
      ] as const) {
        const [head, ...lines] = parse(tableText(rows, columns, format), { delimiter });
        expect(head).toHaveLength(columns.length);
        expect(lines).toEqual(
          rows.map((row) => columns.map((column) => String(plainValue(column.of(row), column.kind)))),
        );
      }
    },
  );

  it('makes no formula of a name, and leaves negative numbers alone', () => {
    const rows = [tableRow('=HYPERLINK("x")', { settings: { shift: -0.5 } })];
    const columns = columnsOf(rows).filter(({ id }) => ['run:name', 'setting:shift'].includes(id));
    const lines = parse(tableText(rows, columns, 'csv'));
    expect(lines[1]).toEqual([`'=HYPERLINK("x")`, '-0.5']);
  });

  it('is one Markdown table whatever the names hold', () => {
    const rows = [tableRow('a|b\\|c\n| d'), tableRow('plain')];
    const columns = columnsOf(rows).filter(({ id }) => ['run:name', 'run:duration'].includes(id));
    const lines = tableText(rows, columns, 'markdown').trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(3);
    expect(lines[0]).toContain('duration (s)');
    expect(lines[1]).toMatch(/\| -+: \|$/);
  });
});
