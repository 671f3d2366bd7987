/** Small random batches, and gradients by central differences. */
import { randomStream } from '../../../../src/domain/random/stream';

/** Rows of normal numbers, row-major; of length one if `unit`. */
export function randomRows(seed: number, shape: readonly [number, number], kind: 'unit' | 'free' = 'unit') {
  const stream = randomStream(seed);
  const [rows, width] = shape;
  const values = new Float64Array(rows * width).map(() => stream.normal());
  for (let row = 0; kind === 'unit' && row < rows; row++) {
    const own = values.subarray(row * width, (row + 1) * width);
    const length = Math.hypot(...own);
    own.forEach((x, k) => (own[k] = x / length));
  }
  return values;
}

/** The gradient of a function of many numbers, each moved a little up and down. */
export function numericalGradient(
  f: (x: Float64Array) => number,
  x: Float64Array,
  step = 1e-5,
): Float64Array {
  return x.map((value, i) => (f(x.with(i, value + step)) - f(x.with(i, value - step))) / (2 * step));
}

/** Largest absolute difference of two lists of equal length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  return Array.from(a, (x, i) => Math.abs(x - b[i])).reduce((most, d) => (d <= most ? most : d), 0);
}

export const SUMS = ['out', 'in'] as const;
export const DENOMINATORS = ['all', 'one-positive', 'negatives'] as const;

/** The six forms of a contrastive loss. */
export const FORMS = SUMS.flatMap((sum) => DENOMINATORS.map((denominator) => ({ sum, denominator })));

/** The batch of google-research/supcon, losses_test.py: three images, two views, not normalised; view-major. */
export const PUBLISHED_BATCH = {
  embeddings: Float64Array.of(
    ...[0.01, 0.02, 0.14, 0.86, 0.97, 0.33, 0.32, 0.64, 0.28],
    ...[0.38, 0.61, 0.5, 0.26, 0.68, 0.45, 0.45, 0.74, 0.73],
  ),
  dimensions: 3,
  labels: [0, 0, 1, 0, 0, 1],
};

/** Its losses per image at temperature 1. */
export const PUBLISHED = [
  { sum: 'out', denominator: 'all', expected: [1.6755852, 1.7973773, 1.58471] },
  { sum: 'out', denominator: 'one-positive', expected: [1.1782627, 1.3435497, 1.58471] },
  { sum: 'out', denominator: 'negatives', expected: [0.79652834, 1.0154991, 1.3529458] },
  { sum: 'in', denominator: 'all', expected: [1.6356678, 1.7135872, 1.58471] },
  { sum: 'in', denominator: 'one-positive', expected: [1.1571673, 1.2941568, 1.58471] },
  { sum: 'in', denominator: 'negatives', expected: [0.756611, 0.93170905, 1.3529458] },
] as const;
