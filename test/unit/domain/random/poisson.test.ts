import { describe, expect, it } from 'vitest';
import { poissonNumber } from '../../../../src/domain/random/poisson';
import { randomStream } from '../../../../src/domain/random/stream';

const COUNT = 60_000;

describe('Poisson numbers', () => {
  it.each([0.3, 4, 9.9, 10, 37, 500])('of mean %d have that mean and variance', (mean) => {
    const random = randomStream(1, Math.round(10 * mean));
    const values = Float64Array.from({ length: COUNT }, () => poissonNumber(random, mean));
    const found = values.reduce((sum, value) => sum + value, 0) / COUNT;
    const variance = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / COUNT;
    // Standard errors sqrt(mean / n) and sqrt((mean + 2 mean^2) / n). Four of each.
    expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(mean / COUNT));
    expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((mean + 2 * mean * mean) / COUNT));
  });

  it.each([3, 12])('of mean %d come up as often as e^-m m^k / k!', (mean) => {
    const random = randomStream(2, mean);
    const counts = new Float64Array(60);
    for (let i = 0; i < COUNT; i++) counts[poissonNumber(random, mean)]++;
    let expected = COUNT * Math.exp(-mean);
    for (let k = 0; k < 25; k++) {
      expect(Math.abs(counts[k] - expected)).toBeLessThan(5 * Math.sqrt(expected) + 5);
      expected *= mean / (k + 1);
    }
  });

  it('of mean 0 are 0', () => {
    expect(poissonNumber(randomStream(3), 0)).toBe(0);
  });
});
