/** Alignment of positive pairs (Wang and Isola, ICML 2020, equation 7, exponent 2). */

/**
 * Mean squared distance of positive pairs of unit vectors, 2 - 2s; 0 is perfect, 2 is no better than orthogonal.
 * Not a number without pairs.
 * @param cosines cosine similarities of the positive pairs
 */
export function alignment(cosines: Float32Array): number {
  let sum = 0;
  for (const cosine of cosines) sum += 2 - 2 * cosine;
  return sum / cosines.length;
}
