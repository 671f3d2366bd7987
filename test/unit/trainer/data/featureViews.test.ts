import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createFeatureAugmenter } from '../../../../src/trainer/data/featureViews';

const STATISTICS = { mean: [10, -2, 0], deviation: [2, 4, 1] };

/** Views of (12, -2, 3), whose standardised values are (1, 0, 3), by columns. */
function views(count: number, options: { noise: number; mask: number }): number[][] {
  const augment = createFeatureAugmenter(options, STATISTICS);
  const from = { values: Float32Array.of(99, 12, -2, 3), offset: 1 };
  const columns: number[][] = [[], [], []];
  for (let i = 0; i < count; i++) {
    const to = new Float32Array(5);
    augment(from, { values: to, offset: 2 }, randomStream(i));
    expect([to[0], to[1]]).toEqual([0, 0]);
    columns.forEach((column, k) => column.push(to[2 + k]));
  }
  return columns;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('views of features', () => {
  it('without noise and mask are the standardised features', () => {
    expect(views(2, { noise: 0, mask: 0 })).toEqual([
      [1, 1],
      [0, 0],
      [3, 3],
    ]);
  });

  it('add noise of the given deviation to every standardised feature', () => {
    const count = 4000;
    views(count, { noise: 0.5, mask: 0 }).forEach((column, k) => {
      const centre = [1, 0, 3][k];
      // Four standard errors of a mean, 0.5 / sqrt(n), and of a variance, 0.25 sqrt(2 / n).
      expect(Math.abs(mean(column) - centre)).toBeLessThan((4 * 0.5) / Math.sqrt(count));
      const variance = mean(column.map((value) => (value - centre) ** 2));
      expect(Math.abs(variance - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(2 / count));
    });
  });

  it('replace a share of the features by their mean, each by its own chance', () => {
    const count = 4000;
    const [first, , third] = views(count, { noise: 0, mask: 0.3 });
    expect(new Set(first)).toEqual(new Set([0, 1]));
    expect(new Set(third)).toEqual(new Set([0, 3]));
    const isMasked = (values: readonly number[]) => values.map((value) => Number(value === 0));
    // Four standard errors: 4 sqrt(0.3 * 0.7 / n) = 0.029.
    expect(Math.abs(mean(isMasked(first)) - 0.3)).toBeLessThan(0.029);
    const both = isMasked(first).map((masked, i) => masked * isMasked(third)[i]);
    expect(Math.abs(mean(both) - 0.09)).toBeLessThan(0.029);
  });

  it('are a pure function of their stream', () => {
    const options = { noise: 0.5, mask: 0.3 };
    expect(views(5, options)).toEqual(views(5, options));
  });
});
