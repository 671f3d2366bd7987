/** Intervals against values worked out by hand from the table of Student's t. */
import { describe, expect, test } from 'vitest';
import { estimateMean, estimatePairedDifference } from '../../../../src/domain/statistics/interval';

describe('estimateMean', () => {
  test('takes the quantile of n - 1 degrees of freedom', () => {
    // Mean 2, deviation 1, n = 3: t(0.975; 2) = 4.3027, so 4.3027 / sqrt(3) = 2.4841.
    const estimate = estimateMean([1, 2, 3]);
    expect(estimate).toMatchObject({ mean: 2, deviation: 1, count: 3 });
    expect(estimate.low).toBeCloseTo(2 - 2.4841, 3);
    expect(estimate.high).toBeCloseTo(2 + 2.4841, 3);
  });

  test('says that one value knows nothing of its spread', () => {
    expect(estimateMean([4])).toMatchObject({ mean: 4, low: -Infinity, high: Infinity });
    expect(estimateMean([]).mean).toBeNaN();
  });

  test('has no width where all values are equal', () => {
    expect(estimateMean([5, 5, 5, 5])).toMatchObject({ mean: 5, low: 5, high: 5 });
  });
});

describe('estimatePairedDifference', () => {
  test('is not blurred by what both values of a pair share', () => {
    // Differences 1, 2, 3, as above, though the values themselves lie far apart.
    const estimate = estimatePairedDifference([101, 52, 3], [100, 50, 0]);
    expect(estimate.mean).toBe(2);
    expect(estimate.high).toBeCloseTo(4.4841, 3);
  });

  test('refuses lists that cannot be paired', () => {
    expect(() => estimatePairedDifference([1], [1, 2])).toThrow(RangeError);
  });
});
