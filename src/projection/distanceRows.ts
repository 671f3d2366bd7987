/**
 * Distances from some rows to all rows. A stretch of vectors that fits a processor's cache meets all queries before
 * the next one is read, four queries at a time; sums are kept in double precision, so that copies of a vector lie at
 * exactly the same distance from every other.
 */
import type { Metric } from '../domain/maps/request';
import type { Vectors } from '../domain/maps/vectors';
import type { Monitor } from './types';

/** Distances of queries to all samples. */
export interface DistanceRows {
  /** Rows of the queries. */
  readonly queries: Int32Array;
  /** [queries, count] in the metric's unit; Infinity from a query to itself. */
  readonly values: Float32Array;
  readonly count: number;
}

const TILE = 4;
/** Numbers of the vectors in one stretch: 128 kB. */
const STRETCH = 32_768;

/** Distances of these rows to all rows, exact. The cosine of a zero vector with any other is 0. */
export function distanceRows(
  vectors: Vectors,
  queries: Int32Array,
  metric: Metric,
  monitor: Monitor,
): DistanceRows {
  const { count, dimensions } = vectors;
  const values = new Float32Array(queries.length * count);
  const task = {
    vectors,
    queries,
    metric,
    values,
    tiles: tilesOf(vectors, queries),
    squares: squaredLengths(vectors),
  };
  const step = Math.max(1, Math.floor(STRETCH / dimensions));
  for (let from = 0; from < count; from += step) {
    monitor.check();
    fillStretch(task, from, Math.min(count, from + step));
  }
  queries.forEach((row, q) => (values[q * count + row] = Number.POSITIVE_INFINITY));
  return { queries, values, count };
}

interface Task {
  readonly vectors: Vectors;
  readonly queries: Int32Array;
  readonly metric: Metric;
  /** Four queries each, side by side: [dimensions, 4], zeros where the last one is not full. */
  readonly tiles: readonly Float64Array[];
  /** Squared length of each vector. */
  readonly squares: Float64Array;
  /** [queries, count]. */
  readonly values: Float32Array;
}

function squaredLengths({ values, count, dimensions }: Vectors): Float64Array {
  const squares = new Float64Array(count);
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0;
    for (let k = 0; k < dimensions; k++, at++) sum += values[at] * values[at];
    squares[row] = sum;
  }
  return squares;
}

function tilesOf({ values, dimensions }: Vectors, queries: Int32Array): Float64Array[] {
  return Array.from({ length: Math.ceil(queries.length / TILE) }, (_, tile) => {
    const side = new Float64Array(dimensions * TILE);
    queries.subarray(tile * TILE, (tile + 1) * TILE).forEach((row, q) => {
      for (let k = 0; k < dimensions; k++) side[k * TILE + q] = values[row * dimensions + k];
    });
    return side;
  });
}

/** Distances of all queries to the rows `from` to `end`. */
function fillStretch(task: Task, from: number, end: number): void {
  const { vectors, queries, metric, squares, values } = task;
  const { count, dimensions } = vectors;
  const products = new Float64Array(TILE);
  for (let first = 0; first < queries.length; first += TILE) {
    const tile = task.tiles[first / TILE];
    const filled = Math.min(TILE, queries.length - first);
    for (let row = from; row < end; row++) {
      fourProducts(tile, vectors.values, row * dimensions, products);
      for (let q = 0; q < filled; q++) {
        const own = squares[queries[first + q]];
        values[(first + q) * count + row] = distanceOf(products[q], own, squares[row], metric);
      }
    }
  }
}

function fourProducts(tile: Float64Array, values: Float32Array, start: number, products: Float64Array): void {
  let at = start;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0; k < tile.length; k += TILE) {
    const value = values[at++];
    a += tile[k] * value;
    b += tile[k + 1] * value;
    c += tile[k + 2] * value;
    d += tile[k + 3] * value;
  }
  products[0] = a;
  products[1] = b;
  products[2] = c;
  products[3] = d;
}

function distanceOf(dot: number, first: number, second: number, metric: Metric): number {
  if (metric === 'euclidean') return Math.sqrt(Math.max(0, first + second - 2 * dot));
  const lengths = Math.sqrt(first * second);
  return lengths > 0 ? 1 - dot / lengths : 1;
}
