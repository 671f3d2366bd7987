/**
 * Warnings about a low temperature, which divides similarities and so multiplies their errors. Losses are computed in
 * float32 here whatever the precision, with the self term left out before the maximum is taken; what mixed precision
 * rounds is the encoder.
 */
import { lossKind } from '../losses/kinds';
import type { Configuration } from '../configuration/schema';
import type { Warning } from './warning';

/** Rounding of bfloat16, the coarser of the two half types, and so of a cosine between features computed with it. */
const HALF_ROUNDING = 2 ** -8;
/** An error of a logit that changes its softmax by a tenth. */
const LARGEST_LOGIT_ERROR = 0.1;
/** exp(-x) is zero in float32 from here on: ln 2^149. */
const FLOAT32_RANGE = 149 * Math.LN2;
/** Cosines differ by 2 at most. */
const COSINE_RANGE = 2;

/** The first thing that is wrong with a temperature, for a loss that has one. */
export function temperatureWarning({ loss, precision }: Configuration): Warning | undefined {
  if (lossKind(loss.name).temperature !== 'configured') return undefined;
  const { temperature } = loss;
  if (COSINE_RANGE / temperature > FLOAT32_RANGE) {
    return {
      kind: 'temperature-underflow',
      cause: `At temperature ${temperature} the terms of a softmax span more than float32 can hold: views less similar than ${(1 - FLOAT32_RANGE * temperature).toFixed(2)} get no gradient beside a perfect match.`,
      remedy: 'Set loss.temperature to 0.05 or more; the paper uses 0.1.',
    };
  }
  const error = HALF_ROUNDING / temperature;
  if (precision !== 'mixed' || error <= LARGEST_LOGIT_ERROR) return undefined;
  return {
    kind: 'temperature-for-precision',
    cause: `In mixed precision (bfloat16) a similarity is known to about ${HALF_ROUNDING.toFixed(3)}, and the temperature ${temperature} makes that ${error.toFixed(2)} in each logit.`,
    remedy: 'Set precision to "float32", or loss.temperature to 0.05 or more.',
  };
}
