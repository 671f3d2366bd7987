import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { bucketsAsCsv, FIGURE_COLUMNS, figuresOf, tableAs } from '../../../../src/domain/display/lineTable';

const WINDOW = {
  perBucket: 2,
  x: Float64Array.of(1, 3),
  min: Float64Array.of(0.1, NaN),
  max: Float64Array.of(0.3, NaN),
  last: Float64Array.of(0.2, NaN),
  smoothed: new Float64Array(),
  nonFinite: Uint32Array.of(0, 2),
};
const STATISTICS = {
  points: 4,
  nonFinite: 2,
  first: 0.3,
  last: 0.2,
  lastStep: 1,
  min: 0.1,
  minStep: 0,
  max: 0.3,
  maxStep: 1,
};

describe('the table of a chart', () => {
  const rows = [figuresOf('=1+1 | "a"', STATISTICS, WINDOW)];

  it('reads back from CSV with every figure in full, and holds no formula', () => {
    const [head, row] = parse(tableAs('csv', rows));
    expect(head).toHaveLength(FIGURE_COLUMNS.length + 1);
    expect(row[0]).toBe('\'=1+1 | "a"');
    expect(Number(row[1 + FIGURE_COLUMNS.findIndex(({ title }) => title === 'change')])).toBe(0.2 - 0.3);
    expect(row[1 + FIGURE_COLUMNS.findIndex(({ title }) => title === 'smoothed')]).toBe('');
  });

  it('keeps its columns in Markdown whatever the names', () => {
    const lines = tableAs('markdown', rows).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(new Set(lines.map((line) => line.replaceAll('\\|', '').split('|').length)).size).toBe(1);
  });

  it('writes buckets without a value as empty cells, with how many points they stand for', () => {
    const [, , second] = parse(bucketsAsCsv('step', [{ name: 'a', tag: 'loss', window: WINDOW }]));
    expect(second).toEqual(['a', 'loss', '3', '', '', '', '', '2', '2']);
  });
});
