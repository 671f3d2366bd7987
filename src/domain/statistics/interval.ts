/**
 * Intervals for a handful of runs: Student's t, because three seeds know little of their own spread. Runs of
 * equal seed share split, initial weights and views, so their differences are taken pair by pair.
 */
import { jStat } from 'jstat';
import { deviationOf } from './quantile';

/** A mean with its 95 % confidence interval. */
export interface Estimate {
  readonly mean: number;
  /** Sample standard deviation, n - 1 in the denominator; NaN for a single value. */
  readonly deviation: number;
  /** Ends of the 95 % interval; minus and plus infinity for a single value, which says nothing of its spread. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Two-sided 95 %: the quantile at 1 - 0.05 / 2. */
const QUANTILE = 0.975;

/** The mean of some values: m +- t(n - 1) s / sqrt(n). NaN throughout for none. */
export function estimateMean(values: readonly number[]): Estimate {
  const count = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / count;
  const deviation = deviationOf(values);
  if (count < 2) return { mean, deviation: Number.NaN, low: -Infinity, high: Infinity, count };
  const reach = (studentQuantile(count - 1) * deviation) / Math.sqrt(count);
  return { mean, deviation, low: mean - reach, high: mean + reach, count };
}

/**
 * The mean of the differences a - b, pair by pair.
 * @throws RangeError if the lists are not of one length
 */
export function estimatePairedDifference(a: readonly number[], b: readonly number[]): Estimate {
  if (a.length !== b.length) throw new RangeError(`${a.length} values cannot be paired with ${b.length}`);
  return estimateMean(a.map((value, i) => value - (b[i] ?? Number.NaN)));
}

const quantiles = new Map<number, number>();

/** Kept, because a band asks for the same one at every place and each takes an iteration. */
function studentQuantile(degreesOfFreedom: number): number {
  const known = quantiles.get(degreesOfFreedom) ?? jStat.studentt.inv(QUANTILE, degreesOfFreedom);
  quantiles.set(degreesOfFreedom, known);
  return known;
}
