/** The mean of vectors, in double precision. */
import type { Vectors } from '../domain/maps/vectors';

/** Mean of each column. */
export function columnMeans({ values, count, dimensions }: Vectors): Float64Array {
  const means = new Float64Array(dimensions);
  for (let row = 0, at = 0; row < count; row++) {
    for (let k = 0; k < dimensions; k++, at++) means[k] += values[at];
  }
  return means.map((sum) => sum / count);
}
