/** Intervals without a formula: the statistic of resampled values (Efron, 1979), seeded so that it is repeatable. */
import { PURPOSE, randomStream } from '../random/stream';
import { quantile } from './quantile';

const RESAMPLES = 2000;
const LOW = 0.025;
const HIGH = 0.975;

/** A statistic with its 95 % percentile interval. */
export interface BootstrapEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The interval of a statistic of two independent samples, each resampled with replacement. */
export function bootstrapPair(
  a: readonly number[],
  b: readonly number[],
  statistic: (a: readonly number[], b: readonly number[]) => number,
): BootstrapEstimate {
  const random = randomStream(0, PURPOSE.bootstrap);
  const resample = (values: readonly number[]) => values.map(() => values[random.integer(values.length)]);
  const drawn = Array.from({ length: RESAMPLES }, () => statistic(resample(a), resample(b)));
  return { value: statistic(a, b), low: quantile(drawn, LOW), high: quantile(drawn, HIGH) };
}
