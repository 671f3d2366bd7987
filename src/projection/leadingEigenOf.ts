/** The leading eigenvectors of a symmetric matrix, by the method that its size allows. */
import { symmetricEigen, type Eigen } from '../domain/linearAlgebra/symmetricEigen';
import { dot, leadingEigen, type SymmetricMap } from './subspace';
import type { Monitor } from './types';

/** What vectors vary along, and how much. */
export interface Decomposition {
  /** Values in descending order, with their unit vectors. */
  readonly eigen: Eigen;
  /** Variance in all directions together. */
  readonly total: number;
}

/** Size up to which every eigenvector is found, in less than 0.2 s. */
const FEW = 256;

/** The first `count` eigenvectors of a positive semidefinite matrix, row-major [size, size], and its trace. Throws Cancelled. */
export function leadingEigenOf(matrix: Float64Array, count: number, monitor: Monitor): Decomposition {
  const size = Math.sqrt(matrix.length);
  let total = 0;
  for (let k = 0; k < size; k++) total += matrix[k * size + k];
  const eigen =
    size <= FEW ? symmetricEigen(matrix, size) : leadingEigen(mapOf(matrix, size, monitor), count, monitor);
  return { eigen, total };
}

/** Each row of the matrix is used for the whole block while it is in the cache. */
function mapOf(matrix: Float64Array, size: number, monitor: Monitor): SymmetricMap {
  const apply = (block: Float64Array, images: Float64Array): void => {
    for (let i = 0; i < size; i++) {
      if ((i & 255) === 0) monitor.check();
      const row = matrix.subarray(i * size, (i + 1) * size);
      for (let at = 0; at < block.length; at += size)
        images[at + i] = dot(row, block.subarray(at, at + size));
    }
  };
  return { dimensions: size, apply };
}
