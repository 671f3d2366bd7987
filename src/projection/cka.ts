/**
 * Linear centred kernel alignment: how alike two sets of vectors of the same samples are, whatever the rotation and
 * scale of each (Kornblith, Norouzi, Lee and Hinton, ICML 2019). In its feature form, |X'Y|² / (|X'X| |Y'Y|) of centred
 * columns, which is exact and needs no table of samples by samples.
 */
import type { Vectors } from '../domain/maps/vectors';
import { columnMeans } from './columnMeans';
import { covarianceOf } from './covariance';
import { stratifiedRows } from './sample';
import type { Monitor } from './types';

/** Dimensions of both sides together up to which all rows count. */
const MOST_DIMENSIONS = 2048;
/** Rows that count beyond: their products with each other are fewer than those of the columns. */
const ROWS_OF_MANY = 512;

/**
 * 0 for nothing in common to 1 for the same up to rotation and scale; 0 where either side does not vary. Exact up to
 * 2,048 dimensions of both sides together; beyond, over 512 rows drawn by a fixed seed, which lifts the figure.
 * Row i of both is the same sample: throws RangeError for different counts. Throws Cancelled.
 */
export function linearCka(first: Vectors, second: Vectors, monitor: Monitor): number {
  if (first.count !== second.count) throw new RangeError('Both sides of an alignment need the same samples');
  if (first.count === 0) return 0;
  const isWide = first.dimensions + second.dimensions > MOST_DIMENSIONS;
  const norms = isWide ? rowNorms(first, second, monitor) : columnNorms(first, second, monitor);
  const scale = Math.sqrt(norms.first * norms.second);
  return scale > 0 ? Math.min(1, norms.both / scale) : 0;
}

/** Squared Frobenius norms of X'X, Y'Y and X'Y, all in one unit that cancels out. */
interface Norms {
  readonly first: number;
  readonly second: number;
  readonly both: number;
}

/** From the covariance of both sides' columns side by side. */
function columnNorms(first: Vectors, second: Vectors, monitor: Monitor): Norms {
  const { count } = first;
  const [a, b] = [first.dimensions, second.dimensions];
  const width = a + b;
  const values = new Float32Array(count * width);
  copyScaled(centred(first), values, { width, at: 0 });
  copyScaled(centred(second), values, { width, at: a });
  const covariance = covarianceOf({ values, count, dimensions: width }, new Float64Array(width), monitor);
  return {
    first: squaredNorm(covariance, { width, rows: [0, a], columns: [0, a] }),
    second: squaredNorm(covariance, { width, rows: [a, width], columns: [a, width] }),
    both: squaredNorm(covariance, { width, rows: [0, a], columns: [a, width] }),
  };
}

/** The same norms from the products of rows: |X'Y|² is the sum of (XX') times (YY'), entry by entry. */
function rowNorms(first: Vectors, second: Vectors, monitor: Monitor): Norms {
  const rows = stratifiedRows({ count: first.count, labels: null }, ROWS_OF_MANY, 0);
  const [x, y] = [first, second].map((side) => rowProducts(centred(someRows(side, rows)), monitor));
  return { first: entryProduct(x, x), second: entryProduct(y, y), both: entryProduct(x, y) };
}

/** Centred columns at a scale at which products are finite: the largest value is 1. */
interface Centred extends Vectors {
  readonly mean: Float64Array;
  readonly factor: number;
}

function centred(vectors: Vectors): Centred {
  const mean = columnMeans(vectors);
  const { values, dimensions } = vectors;
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] - mean[i % dimensions]));
  return { ...vectors, mean, factor: most > 0 ? 1 / most : 0 };
}

interface Columns {
  readonly width: number;
  readonly at: number;
}

function copyScaled(
  { values, count, dimensions, mean, factor }: Centred,
  to: Float32Array,
  place: Columns,
): void {
  for (let row = 0; row < count; row++) {
    const start = row * place.width + place.at;
    for (let k = 0; k < dimensions; k++) to[start + k] = (values[row * dimensions + k] - mean[k]) * factor;
  }
}

type Range = readonly [from: number, end: number];

interface Block {
  readonly width: number;
  readonly rows: Range;
  readonly columns: Range;
}

function squaredNorm(matrix: Float64Array, { width, rows, columns }: Block): number {
  let sum = 0;
  for (let i = rows[0]; i < rows[1]; i++) {
    for (let j = columns[0]; j < columns[1]; j++) sum += matrix[i * width + j] * matrix[i * width + j];
  }
  return sum;
}

function someRows({ values, dimensions }: Vectors, rows: Int32Array): Vectors {
  const some = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) =>
    some.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions),
  );
  return { values: some, count: rows.length, dimensions };
}

/** XX', [count, count]. */
function rowProducts(side: Centred, monitor: Monitor): Float64Array {
  const { count, dimensions } = side;
  const scaled = new Float32Array(count * dimensions);
  copyScaled(side, scaled, { width: dimensions, at: 0 });
  const products = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    monitor.check();
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) sum += scaled[i * dimensions + k] * scaled[j * dimensions + k];
      products[i * count + j] = sum;
      products[j * count + i] = sum;
    }
  }
  return products;
}

function entryProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
