/** Which samples hold two maps together, and when there are too few. */
import { describe, expect, test } from 'vitest';
import { sameRows } from '../../../../src/projection/pairs/join';
import { holdsLittle, sharesLittle, stableRows } from '../../../../src/projection/pairs/stable';
import { joinOf, upTo } from './maps';

describe('stableRows', () => {
  test('takes the share that changed least, the first of equal rows, in order', () => {
    const values = Float32Array.of(0.2, 0.9, 0.5, 0.5, 0.1, 0.5, 0.7, 0.3);
    expect([...stableRows({ values, k: 1 }, sameRows(8), 0.5)]).toEqual([1, 2, 3, 6]);
  });

  test('passes over rows that are not shared', () => {
    const values = Float32Array.of(0, 0.8, Number.NaN, 0, 0.7);
    expect([...stableRows({ values, k: 1 }, joinOf(upTo(5), [0, 1, 3, 4]), 1)]).toEqual([1, 4]);
  });

  test('passes over rows that kept what chance keeps', () => {
    // Two random sets of 15 of 99 others have 2.3 samples in common on average.
    const values = Float32Array.from(upTo(100), (common) => common / (30 - common)).fill(0, 16);
    expect([...stableRows({ values, k: 15 }, sameRows(100), 1)]).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
    // Where all others are neighbours, to keep them all says nothing.
    expect([...stableRows({ values: new Float32Array(10).fill(1), k: 9 }, sameRows(10))]).toEqual([]);
  });
});

test('less than three tenths of the larger side, or a handful, is little', () => {
  expect(sharesLittle(joinOf(upTo(100), upTo(30)))).toBe(false);
  expect(sharesLittle(joinOf(upTo(100), upTo(29)))).toBe(true);
  expect(sharesLittle(joinOf(upTo(29), upTo(100)))).toBe(true);
  expect(sharesLittle(sameRows(9))).toBe(true);
  expect(holdsLittle(Int32Array.from(upTo(29)), sameRows(100))).toBe(true);
  expect(holdsLittle(Int32Array.from(upTo(30)), sameRows(100))).toBe(false);
});
