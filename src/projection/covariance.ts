/**
 * The covariance of vectors. Rows are taken some hundreds at a time and turned, so that columns lie side by side and a
 * tile of products holds their covariances; the sums over the parts are in double precision.
 */
import type { Vectors } from '../domain/maps/vectors';
import { fillInOrder, makeRowList, MOST_TILE_ROWS, Tiles, type RowList } from './kernel/tiles';
import type { Monitor } from './types';

/** Rows of one part. */
const PART_ROWS = 512;

/** Row-major [dimensions, dimensions], divided by the count. @param mean of each column */
export function covarianceOf(vectors: Vectors, mean: Float64Array, monitor: Monitor): Float64Array {
  const { count, dimensions } = vectors;
  const sums = new Float64Array(dimensions * dimensions);
  const columns = new Tiles(dimensions, PART_ROWS);
  for (let first = 0; first < count; first += PART_ROWS) {
    monitor.check();
    turnPart(vectors, mean, first, columns);
    addProducts(sums, columns, monitor);
  }
  for (let i = 0; i < dimensions; i++) {
    for (let j = i; j < dimensions; j++) {
      sums[i * dimensions + j] /= count;
      sums[j * dimensions + i] = sums[i * dimensions + j];
    }
  }
  return sums;
}

/** Writes the part from row `first` on, less the mean, as columns; rows beyond the last count as the mean. */
function turnPart(
  { values, count, dimensions }: Vectors,
  mean: Float64Array,
  first: number,
  { values: turned, width }: Tiles,
): void {
  const rows = Math.min(PART_ROWS, count - first);
  if (rows < PART_ROWS) turned.fill(0);
  for (let row = 0; row < rows; row++) {
    const from = (first + row) * dimensions;
    for (let k = 0; k < dimensions; k++) turned[k * width + row] = values[from + k] - mean[k];
  }
}

/** Adds the products of columns, those above the diagonal and some below. */
function addProducts(sums: Float64Array, columns: Tiles, monitor: Monitor): void {
  const [a, b] = [makeRowList(), makeRowList()];
  for (let i = 0; i < columns.count; i += MOST_TILE_ROWS) {
    monitor.check();
    fillInOrder(a, i, columns.count);
    for (let j = i; j < columns.count; j += MOST_TILE_ROWS) {
      fillInOrder(b, j, columns.count);
      columns.multiply(a, b);
      addTile(sums, columns, a, b);
    }
  }
}

function addTile(sums: Float64Array, { products, stride, count }: Tiles, a: RowList, b: RowList): void {
  for (let i = 0; i < a.length; i++) {
    const at = a.rows[i] * count + b.rows[0];
    for (let j = 0; j < b.length; j++) sums[at + j] += products[i * stride + j];
  }
}
