/** Gamma and Beta numbers, for the shares of MixUp and CutMix. */
import type { RandomStream } from './stream';

/**
 * A gamma number of this shape, greater than 0, and scale 1, by the method of Marsaglia and Tsang (2000): a cubed
 * normal number, accepted or thrown away. A shape below 1 takes one of shape + 1 and shrinks it by U^(1 / shape).
 */
export function gammaNumber(random: RandomStream, shape: number): number {
  if (shape < 1) {
    const grown = gammaNumber(random, shape + 1);
    return grown * random.uniform() ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const cubed = (1 + c * normal) ** 3;
    if (cubed > 0 && Math.log(random.uniform()) < normal * normal * 0.5 + d * (1 - cubed + Math.log(cubed))) {
      return d * cubed;
    }
  }
}

/** A number from 0 to 1 of the distribution Beta(alpha, alpha): X / (X + Y) of two gamma numbers of shape alpha. */
export function betaNumber(random: RandomStream, alpha: number): number {
  for (;;) {
    const x = gammaNumber(random, alpha);
    const sum = x + gammaNumber(random, alpha);
    // Two tiny gamma numbers may both be rounded to 0.
    if (sum > 0) return x / sum;
  }
}
