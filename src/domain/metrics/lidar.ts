/**
 * LiDAR: the effective rank of what tells images apart once the spread of their own views is divided out (Thilak et
 * al., ICLR 2024, equations 1 to 5). Low where embeddings vary only with the augmentation.
 */
import { symmetricEigen, symmetricEigenvalues } from '../linearAlgebra/symmetricEigen';
import { centredMeans, classStatistics } from './classStatistics';
import { effectiveRank } from './rankMe';

/** Added to the diagonal of the covariance within images; the paper's value. */
const DELTA = 1e-4;

/**
 * Effective rank of (Sw + delta I)^-1/2 Sb (Sw + delta I)^-1/2, from 1 to the number of dimensions.
 * @param features row-major [views, dimensions], about ten views of each image
 * @param images the image of each row
 */
export function lidar(features: Float32Array, images: ArrayLike<number>, dimensions: number): number {
  const statistics = classStatistics(features, images, dimensions);
  const count = statistics.classes.length;
  const between = covariance(centredMeans(statistics), dimensions, count);
  const placeOf = new Map(statistics.classes.map((image, place) => [image, place]));
  const offsets = Float64Array.from(features, (value, i) => {
    const place = placeOf.get(images[Math.floor(i / dimensions)]) ?? 0;
    return value - statistics.means[place * dimensions + (i % dimensions)];
  });
  const within = covariance(offsets, dimensions, images.length);
  for (let k = 0; k < dimensions; k++) within[k * dimensions + k] += DELTA;
  return effectiveRank(symmetricEigenvalues(whiten(between, within, dimensions), dimensions));
}

/** Mean of the outer products of `count` rows. */
function covariance(rows: Float64Array, dimensions: number, count: number): Float64Array {
  const result = new Float64Array(dimensions * dimensions);
  for (let start = 0; start < rows.length; start += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      const factor = rows[start + i] / count;
      for (let j = 0; j < dimensions; j++) result[i * dimensions + j] += factor * rows[start + j];
    }
  }
  return result;
}

/** D^-1/2 V' B V D^-1/2 for W = V D V': it has the eigenvalues of W^-1/2 B W^-1/2. */
function whiten(b: Float64Array, w: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(w, size);
  const half = multiply(vectors, b, size);
  const whole = multiply(half, transpose(vectors, size), size);
  return whole.map((value, i) => value / Math.sqrt(values[Math.floor(i / size)] * values[i % size]));
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k];
      for (let j = 0; j < size; j++) result[i * size + j] += factor * b[k * size + j];
    }
  }
  return result;
}

function transpose(a: Float64Array, size: number): Float64Array {
  return a.map((_, i) => a[(i % size) * size + Math.floor(i / size)]);
}
