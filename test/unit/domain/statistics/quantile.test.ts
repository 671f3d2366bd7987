/** Quantiles and deviations worked out by hand, and the bootstrap on a statistic with a known interval. */
import { expect, test } from 'vitest';
import { bootstrapPair } from '../../../../src/domain/statistics/bootstrap';
import { deviationOf, quantile } from '../../../../src/domain/statistics/quantile';

test('a quantile lies between order statistics', () => {
  // Places 0, 1, 2, 3 of 1, 3, 4, 10: a quarter of the way from 0 to 3 is 0.75, so 1 + 0.75 * 2.
  expect(quantile([10, 1, 4, 3], 0.25)).toBeCloseTo(2.5, 12);
  expect(quantile([10, 1, 4, 3], 0.5)).toBe(3.5);
  expect(quantile([7], 0.9)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test('a deviation has n - 1 in its denominator', () => {
  expect(deviationOf([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  expect(deviationOf([1])).toBeNaN();
});

test('the bootstrap repeats itself and covers the difference of two means', () => {
  const a = Array.from({ length: 40 }, (_, i) => 1 + (i % 5));
  const b = Array.from({ length: 40 }, (_, i) => i % 5);
  const meanDifference = (x: readonly number[], y: readonly number[]) =>
    (x.reduce((sum, value) => sum + value, 0) - y.reduce((sum, value) => sum + value, 0)) / 40;
  const estimate = bootstrapPair(a, b, meanDifference);
  expect(estimate).toEqual(bootstrapPair(a, b, meanDifference));
  expect(estimate.value).toBe(1);
  // The standard error is sqrt(2 * 2 / 40) = 0.316, so the interval is about 1 +- 0.62; 2,000 draws know it to 0.06.
  expect(Math.abs(estimate.low - 0.38)).toBeLessThan(0.06);
  expect(Math.abs(estimate.high - 1.62)).toBeLessThan(0.06);
});
