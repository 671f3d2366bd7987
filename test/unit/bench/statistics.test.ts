import { describe, expect, it } from 'vitest';
import { median, percentile, slope } from '../../../bench/protocol/statistics.mjs';

describe('the median', () => {
  it('is the middle value, or the mean of the two middle ones, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 10, 2])).toBe(3);
    expect(median([7])).toBe(7);
  });

  it('leaves its list alone, and is no number for an empty one', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });
});

describe('a percentile', () => {
  it('is the smallest value that the share is not above, whatever the order', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect(percentile(twenty, 0.95)).toBe(19);
    expect(percentile(twenty, 0.951)).toBe(20);
    expect(percentile(twenty, 1)).toBe(20);
    expect(percentile([3, Infinity], 0.5)).toBe(3);
    expect(percentile([], 0.95)).toBeNaN();
  });
});

describe('the slope', () => {
  it('is that of the line through points on one', () => {
    const points = [0, 1, 5, 9].map((x): [number, number] => [x, 4 - 0.5 * x]);
    expect(slope(points)).toBeCloseTo(-0.5, 12);
  });

  it('has the least squared error', () => {
    // Worked by hand: means 1 and 2, covariance 3, variance 2.
    const points: [number, number][] = [
      [0, 1],
      [1, 1],
      [2, 4],
    ];
    expect(slope(points)).toBeCloseTo(1.5, 12);
  });
});
