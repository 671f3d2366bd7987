/** Uniformity of embeddings on the sphere (Wang and Isola, ICML 2020, equation 8, t = 2). */

/** t of the Gaussian potential. */
const T = 2;

/**
 * ln of the mean of exp(-2 |x - y|^2) over all pairs of unit vectors: 0 where all are equal, about -4 where they
 * are spread evenly. Classes collapsed onto a simplex give more than that by design (-2.20 for 10 classes).
 * @param groups cosine similarities; every pair is in one of the groups
 */
export function uniformity(...groups: readonly Float32Array[]): number {
  let sum = 0;
  let pairs = 0;
  for (const cosines of groups) {
    for (const cosine of cosines) sum += Math.exp(-T * (2 - 2 * cosine));
    pairs += cosines.length;
  }
  return Math.log(sum / pairs);
}
