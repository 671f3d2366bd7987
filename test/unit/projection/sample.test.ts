import { describe, expect, it } from 'vitest';
import { stratifiedRows } from '../../../src/projection/sample';

describe('a sample of rows', () => {
  // A file that is sorted by class, with a class of 3 among 10,000.
  const labels = Int32Array.from({ length: 10_000 }, (_, row) => (row < 6000 ? 0 : row < 9997 ? 1 : 2));
  const countOf = (rows: Int32Array, label: number) => rows.filter((row) => labels[row] === label).length;

  it('holds every class in proportion, and the smallest too', () => {
    const rows = stratifiedRows({ count: 10_000, labels }, 100, 7);
    expect([0, 1, 2].map((label) => countOf(rows, label))).toEqual([60, 39, 1]);
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
  });

  it('is a function of the seed alone, and spreads over each class', () => {
    const source = { count: 10_000, labels };
    const rows = stratifiedRows(source, 1000, 7);
    expect(stratifiedRows(source, 1000, 7)).toEqual(rows);
    expect(stratifiedRows(source, 1000, 8)).not.toEqual(rows);
    const mean = rows.filter((row) => row < 6000).reduce((sum, row) => sum + row, 0) / countOf(rows, 0);
    expect(Math.abs(mean - 3000)).toBeLessThan(300);
  });

  it('keeps the rows of a smaller sample in a larger one', () => {
    const larger = new Set(stratifiedRows({ count: 10_000, labels: null }, 500, 1));
    expect(stratifiedRows({ count: 10_000, labels: null }, 200, 1).every((row) => larger.has(row))).toBe(
      true,
    );
  });

  it.each([0, 1, 2, 3, 9_999])('draws exactly %i rows', (limit) => {
    expect(stratifiedRows({ count: 10_000, labels }, limit, 0)).toHaveLength(limit);
  });

  it('takes all rows in their order when there are no more', () => {
    expect([...stratifiedRows({ count: 4, labels: [1, 0, -1, 0] }, 4, 0)]).toEqual([0, 1, 2, 3]);
    expect(stratifiedRows({ count: 0, labels: null }, 10, 0)).toHaveLength(0);
  });

  it('draws the unknown like a class', () => {
    const unknown = Int32Array.from({ length: 100 }, (_, row) => (row === 0 ? 5 : -1));
    expect(stratifiedRows({ count: 100, labels: unknown }, 10, 0)[0]).toBe(0);
  });
});
