/** Which samples hold two maps together, and when there are too few. */
import { describe, expect, test } from 'vitest';
import { sameRows } from '../../../../src/projection/pairs/join';
import { holdsLittle, sharesLittle, stableRows } from '../../../../src/projection/pairs/stable';
import { joinOf, upTo } from './maps';

describe('stableRows', () => {
  test('takes the share that changed least, the first of equal rows, in order', () => {
    const change = Float32Array.of(0.2, 0.9, 0.5, 0.5, 0.1, 0.5, 0.7, 0.3);
    expect([...stableRows(change, sameRows(8), 0.5)]).toEqual([1, 2, 3, 6]);
  });

  test('passes over rows that are not shared or kept no neighbour', () => {
    const change = Float32Array.of(0, 0.4, Number.NaN, 0, 0.2);
    expect([...stableRows(change, joinOf(upTo(5), [0, 1, 3, 4]), 1)]).toEqual([1, 4]);
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
