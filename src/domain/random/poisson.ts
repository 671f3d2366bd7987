/** Poisson numbers, for the noise of counted light. */
import type { RandomStream } from './stream';

/** From this mean on, rejection is cheaper than counting. */
const REJECTION_FROM = 10;
/** Means above this one would need a larger table. */
const MOST_MEAN = 1000;
/** log k! by k; larger counts than twice the largest mean do not come up. */
const LOG_FACTORIALS = logFactorials(2 * MOST_MEAN);

/** A Poisson number of this mean, from 0 to 1000. */
export function poissonNumber(random: RandomStream, mean: number): number {
  return mean < REJECTION_FROM ? countArrivals(random, mean) : rejectFromHat(random, mean);
}

/** How many uniform numbers can be multiplied before the product falls below e^-mean (Knuth). */
function countArrivals(random: RandomStream, mean: number): number {
  const limit = Math.exp(-mean);
  let product = random.uniform();
  let count = 0;
  while (product > limit) {
    product *= random.uniform();
    count++;
  }
  return count;
}

/** Hörmann's transformed rejection with squeeze (algorithm PTRS, 1993), with his constants. */
function rejectFromHat(random: RandomStream, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const margin = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / margin + b) * u + mean + 0.43);
    if (margin >= 0.07 && v <= squeeze) return count;
    if (count < 0 || count >= LOG_FACTORIALS.length || (margin < 0.013 && v > margin)) continue;
    const hat = Math.log((v * inverseAlpha) / (a / (margin * margin) + b));
    if (hat <= count * Math.log(mean) - mean - LOG_FACTORIALS[count]) return count;
  }
}

function logFactorials(length: number): Float64Array {
  const logs = new Float64Array(length);
  for (let k = 2; k < length; k++) logs[k] = logs[k - 1] + Math.log(k);
  return logs;
}
