/**
 * Principal components: the orthogonal directions in which vectors vary most, from the eigenvectors of their
 * covariance; with many dimensions, from the products of the vectors with each other, whichever matrix is the smaller.
 */
import type { Vectors } from '../domain/maps/vectors';
import { columnMeans } from './columnMeans';
import { covarianceOf } from './covariance';
import { gramDecomposition } from './gram';
import { leadingEigenOf, type Decomposition } from './leadingEigenOf';
import type { Monitor } from './types';

/** Where vectors lie and how they vary. */
export interface PrincipalComponents {
  /** [dimensions]. */
  readonly mean: Float64Array;
  /** [count, dimensions]: unit vectors whose entry of largest magnitude is positive; zeros where nothing varies any more. */
  readonly axes: Float64Array;
  /** [count]: the share of the variance along each axis, 0 to 1. */
  readonly shares: Float64Array;
  readonly count: number;
}

/** Dimensions up to which the covariance of all rows is formed. */
const MOST_DIMENSIONS = 1024;
/** With more dimensions, the axes come from rows drawn evenly from all, of so many values together. */
const MOST_VALUES = 10_000_000;
/** A variance below this share of all is rounding. */
const LEAST_SHARE = 1e-12;

/** The first `count` components; the same for the same vectors. Throws Cancelled. */
export function principalComponents(vectors: Vectors, count: number, monitor: Monitor): PrincipalComponents {
  monitor.progress('components', 0);
  const { dimensions } = vectors;
  const mean = columnMeans(vectors);
  const { eigen, total } = decompose(vectors, mean, count, monitor);
  const axes = new Float64Array(count * dimensions);
  const shares = new Float64Array(count);
  for (let axis = 0; axis < Math.min(count, eigen.values.length); axis++) {
    const share = total > 0 ? eigen.values[axis] / total : 0;
    if (share < LEAST_SHARE) break;
    shares[axis] = Math.min(1, share);
    axes.set(
      withFixedSign(eigen.vectors.subarray(axis * dimensions, (axis + 1) * dimensions)),
      axis * dimensions,
    );
  }
  return { mean, axes, shares, count };
}

/** Coordinates of vectors along the axes, row-major [vectors, axes]; the vectors may be others than those of the components. */
export function scoresOf(
  { values, count, dimensions }: Vectors,
  { mean, axes, count: width }: PrincipalComponents,
  monitor: Monitor,
): Float32Array {
  const scores = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    if ((row & 1023) === 0) monitor.check();
    const from = row * dimensions;
    for (let axis = 0; axis < width; axis++) {
      const along = axis * dimensions;
      let sum = 0;
      for (let k = 0; k < dimensions; k++) sum += (values[from + k] - mean[k]) * axes[along + k];
      scores[row * width + axis] = sum;
    }
  }
  return scores;
}

function decompose(vectors: Vectors, mean: Float64Array, count: number, monitor: Monitor): Decomposition {
  const rows = vectors.dimensions > MOST_DIMENSIONS ? someRows(vectors) : vectors;
  if (rows.dimensions > MOST_DIMENSIONS && rows.count < rows.dimensions)
    return gramDecomposition(rows, mean, count, monitor);
  return leadingEigenOf(covarianceOf(rows, mean, monitor), count, monitor);
}

function someRows(vectors: Vectors): Vectors {
  const { values, count, dimensions } = vectors;
  const most = Math.max(1, Math.floor(MOST_VALUES / dimensions));
  if (count <= most) return vectors;
  const some = new Float32Array(most * dimensions);
  for (let i = 0; i < most; i++) {
    const from = Math.floor((i * count) / most) * dimensions;
    some.set(values.subarray(from, from + dimensions), i * dimensions);
  }
  return { values: some, count: most, dimensions };
}

/** Eigenvectors are known but for their sign. */
function withFixedSign(axis: Float64Array): Float64Array {
  let largest = 0;
  for (let k = 0; k < axis.length; k++) if (Math.abs(axis[k]) > Math.abs(axis[largest])) largest = k;
  return axis[largest] < 0 ? axis.map((value) => -value) : axis;
}
