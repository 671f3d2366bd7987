/**
 * The leading eigenvectors of a symmetric map that need not be a matrix: a block of vectors is mapped and made
 * orthonormal again and again, and turned within its span to the best approximations (subspace iteration with
 * Rayleigh and Ritz's projection; Halko, Martinsson and Tropp, 2011). It starts from the same random block each time.
 */
import { symmetricEigen, type Eigen } from '../domain/linearAlgebra/symmetricEigen';
import { randomStream } from '../domain/random/stream';
import type { Monitor } from './types';

/** A positive semidefinite map. */
export interface SymmetricMap {
  readonly dimensions: number;
  /** Writes the images of the rows of a block, both row-major [rows, dimensions]. */
  readonly apply: (block: Float64Array, images: Float64Array) => void;
}

/** Vectors beyond those asked for: the more, the faster the others settle. */
const SPARE = 8;
const MOST_ROUNDS = 60;
/** Relative change of the eigenvalues between rounds at which it ends. */
const TOLERANCE = 1e-7;

/** The largest eigenvalues, descending, and their vectors, at most as many as there are dimensions. Throws Cancelled. */
export function leadingEigen(map: SymmetricMap, wanted: number, monitor: Monitor): Eigen {
  const { dimensions } = map;
  const rows = Math.min(dimensions, wanted + SPARE);
  const random = randomStream(0);
  const block = Float64Array.from({ length: rows * dimensions }, () => random.normal());
  const images = new Float64Array(block.length);
  let values = new Float64Array(rows);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    monitor.check();
    orthonormalise(block, dimensions);
    map.apply(block, images);
    const inner = symmetricEigen(outerProducts(block, images, dimensions), rows);
    combine(inner.vectors, images, block, dimensions);
    const hasSettled = largestChange(values, inner.values, Math.min(wanted, rows)) < TOLERANCE;
    values = inner.values.slice();
    if (hasSettled) break;
  }
  orthonormalise(block, dimensions);
  return { values, vectors: block };
}

/** The inner product of two vectors of one length, by two sums at a time, because all the time here goes into it. */
export function dot(a: Float64Array, b: Float64Array): number {
  let [even, odd] = [0, 0];
  const pairs = a.length & ~1;
  for (let k = 0; k < pairs; k += 2) {
    even += a[k] * b[k];
    odd += a[k + 1] * b[k + 1];
  }
  return even + odd + (pairs < a.length ? a[pairs] * b[pairs] : 0);
}

/** Gram and Schmidt's method, twice for the digits; a vector in the span of those before it becomes zero. */
function orthonormalise(block: Float64Array, dimensions: number): void {
  for (let start = 0; start < block.length; start += dimensions) {
    const own = block.subarray(start, start + dimensions);
    const before = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < start; other += dimensions) {
        const earlier = block.subarray(other, other + dimensions);
        const share = dot(own, earlier);
        for (let k = 0; k < dimensions; k++) own[k] -= share * earlier[k];
      }
    }
    const length = Math.sqrt(dot(own, own));
    const factor = length > 1e-12 * before ? 1 / length : 0;
    for (let k = 0; k < dimensions; k++) own[k] *= factor;
  }
}

/** a b', made symmetric. */
function outerProducts(a: Float64Array, b: Float64Array, dimensions: number): Float64Array {
  const rows = a.length / dimensions;
  const product = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      const value = dot(rowOf(a, i, dimensions), rowOf(b, j, dimensions)) / 2;
      product[i * rows + j] += value;
      product[j * rows + i] += value;
    }
  }
  return product;
}

/** target = weights * block */
function combine(weights: Float64Array, block: Float64Array, target: Float64Array, dimensions: number): void {
  const rows = block.length / dimensions;
  target.fill(0);
  for (let i = 0; i < rows; i++) {
    const out = rowOf(target, i, dimensions);
    for (let j = 0; j < rows; j++) {
      const weight = weights[i * rows + j];
      const row = rowOf(block, j, dimensions);
      for (let k = 0; k < dimensions; k++) out[k] += weight * row[k];
    }
  }
}

function largestChange(before: Float64Array, after: Float64Array, wanted: number): number {
  let most = 0;
  for (let i = 0; i < wanted; i++) most = Math.max(most, Math.abs(after[i] - before[i]));
  return after[0] === 0 ? 0 : most / after[0];
}

function rowOf(block: Float64Array, row: number, dimensions: number): Float64Array {
  return block.subarray(row * dimensions, (row + 1) * dimensions);
}
