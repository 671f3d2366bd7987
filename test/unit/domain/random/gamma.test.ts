import { describe, expect, it } from 'vitest';
import { betaNumber, gammaNumber } from '../../../../src/domain/random/gamma';
import { randomStream } from '../../../../src/domain/random/stream';

const COUNT = 100_000;

function momentsOf(draw: () => number): { mean: number; variance: number } {
  const values = Float64Array.from({ length: COUNT }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / COUNT;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT };
}

describe('gamma numbers', () => {
  it.each([0.2, 0.5, 1, 2.5, 10])('of shape %d have mean and variance equal to the shape', (shape) => {
    const random = randomStream(1, Math.round(10 * shape));
    const { mean, variance } = momentsOf(() => gammaNumber(random, shape));
    // Standard error of the mean sqrt(shape / n); of the variance sqrt((2 shape^2 + 6 shape) / n). Four of each.
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / COUNT));
    expect(Math.abs(variance - shape)).toBeLessThan(4 * Math.sqrt((2 * shape * shape + 6 * shape) / COUNT));
  });
});

describe('Beta numbers', () => {
  it.each([0.05, 0.2, 1, 4])('of alpha %d have mean 1/2 and variance 1 / (4 (2 alpha + 1))', (alpha) => {
    const random = randomStream(2, Math.round(100 * alpha));
    const { mean, variance } = momentsOf(() => betaNumber(random, alpha));
    expect(mean).toBeCloseTo(0.5, 2);
    expect(Math.abs(variance - 1 / (4 * (2 * alpha + 1)))).toBeLessThan(0.003);
  });

  it('of alpha 1 are uniform', () => {
    const random = randomStream(3);
    const counts = new Float64Array(10);
    for (let i = 0; i < COUNT; i++) counts[Math.min(9, Math.floor(10 * betaNumber(random, 1)))]++;
    // 10,000 in each tenth, standard deviation 95.
    for (const count of counts) expect(Math.abs(count - COUNT / 10)).toBeLessThan(400);
  });

  it('lie between 0 and 1 and are a function of the keys', () => {
    for (let i = 0; i < 2000; i++) {
      const value = betaNumber(randomStream(4, i), 0.05);
      expect(value >= 0 && value <= 1).toBe(true);
      expect(betaNumber(randomStream(4, i), 0.05)).toBe(value);
    }
  });
});
