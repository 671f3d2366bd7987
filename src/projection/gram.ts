/**
 * What few vectors of many dimensions vary along. Their products with each other have the eigenvalues of their covariance,
 * and an eigenvector of those products weighs the vectors to an axis: so a matrix of [count, count] serves for one of
 * [dimensions, dimensions].
 */
import type { Vectors } from '../domain/maps/vectors';
import { covarianceOf } from './covariance';
import { leadingEigenOf, type Decomposition } from './leadingEigenOf';
import type { Monitor } from './types';

/** A variance below this share of the largest has no axis. */
const LEAST_SHARE = 1e-12;

/** The first `wanted` axes of vectors about their mean. Throws Cancelled. @param mean [dimensions] */
export function gramDecomposition(
  vectors: Vectors,
  mean: Float64Array,
  wanted: number,
  monitor: Monitor,
): Decomposition {
  const { count, dimensions } = vectors;
  const products = covarianceOf(turned(vectors, mean), new Float64Array(count), monitor);
  for (let i = 0; i < products.length; i++) products[i] *= dimensions / count;
  const { eigen, total } = leadingEigenOf(products, wanted, monitor);
  const kept = Math.min(wanted, eigen.values.length);
  const axes = new Float64Array(kept * dimensions);
  for (let axis = 0; axis < kept; axis++) {
    monitor.check();
    if (eigen.values[axis] <= LEAST_SHARE * eigen.values[0]) break;
    const weights = eigen.vectors.subarray(axis * count, (axis + 1) * count);
    weigh({ vectors, mean, weights }, axes.subarray(axis * dimensions, (axis + 1) * dimensions));
  }
  return { eigen: { values: eigen.values.slice(0, kept), vectors: axes }, total };
}

/** Columns as rows, less the mean. */
function turned({ values, count, dimensions }: Vectors, mean: Float64Array): Vectors {
  const columns = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < dimensions; k++) columns[k * count + row] = values[row * dimensions + k] - mean[k];
  }
  return { values: columns, count: dimensions, dimensions: count };
}

interface Weighed {
  readonly vectors: Vectors;
  readonly mean: Float64Array;
  readonly weights: Float64Array;
}

/** The weighed sum of vectors about their mean, as a unit vector. */
function weigh({ vectors, mean, weights }: Weighed, axis: Float64Array): void {
  const { values, count, dimensions } = vectors;
  for (let row = 0; row < count; row++) {
    const from = row * dimensions;
    for (let k = 0; k < dimensions; k++) axis[k] += weights[row] * (values[from + k] - mean[k]);
  }
  let squares = 0;
  for (let k = 0; k < dimensions; k++) squares += axis[k] * axis[k];
  const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let k = 0; k < dimensions; k++) axis[k] *= factor;
}
