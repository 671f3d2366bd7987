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
