/** The neighbours of one vector, exact, by one pass over all rows: some milliseconds for 60,000 of them. */
import type { Metric } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';

/** Rows of vectors, nearest first. */
export interface Nearest {
  readonly rows: Int32Array;
  /** In the metric's unit. */
  readonly distances: Float64Array;
}

/** Which neighbours. */
export interface NearestOptions {
  readonly k: number;
  readonly metric: Metric;
}

/** A distance, from a row to the vector that is asked about. */
type Measure = (row: number) => number;

/** The k nearest others of a row, or all others where there are fewer. */
export function nearestToRow(vectors: Vectors, row: number, options: NearestOptions): Nearest {
  const { values, dimensions } = vectors;
  const query = values.subarray(row * dimensions, (row + 1) * dimensions);
  return select(vectors, measureOf(vectors, query, options.metric), options.k, row);
}

/** The k nearest rows of any vector of the same dimensions, or all rows where there are fewer. */
export function nearestTo(vectors: Vectors, query: Float32Array, options: NearestOptions): Nearest {
  return select(vectors, measureOf(vectors, query, options.metric), options.k, -1);
}

function measureOf(vectors: Vectors, query: Float32Array, metric: Metric): Measure {
  return metric === 'cosine' ? cosineTo(vectors, query) : euclideanTo(vectors, query);
}

/** 1 - cosine; 1 where either is a vector of zeros. */
function cosineTo({ values, dimensions }: Vectors, query: Float32Array): Measure {
  const own = squaredLength(query, 0, dimensions);
  return (row) => {
    const at = row * dimensions;
    let dot = 0;
    for (let k = 0; k < dimensions; k++) dot += values[at + k] * query[k];
    const lengths = Math.sqrt(own * squaredLength(values, at, dimensions));
    return lengths === 0 ? 1 : Math.max(0, 1 - dot / lengths);
  };
}

function squaredLength(values: Float32Array, at: number, dimensions: number): number {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) sum += values[at + k] * values[at + k];
  return sum;
}

function euclideanTo({ values, dimensions }: Vectors, query: Float32Array): Measure {
  return (row) => {
    const at = row * dimensions;
    let sum = 0;
    for (let k = 0; k < dimensions; k++) {
      const difference = values[at + k] - query[k];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  };
}

/** Rows are seen in order, so of equal distances the lower row number stays in front. */
function select({ count }: Vectors, measure: Measure, k: number, left: number): Nearest {
  const room = Math.max(0, Math.min(k, left < 0 ? count : count - 1));
  const rows = new Int32Array(room);
  const distances = new Float64Array(room).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < count && room > 0; row++) {
    if (row === left) continue;
    const distance = measure(row);
    if (distance >= distances[room - 1]) continue;
    let at = room - 1;
    for (; at > 0 && distances[at - 1] > distance; at--) {
      rows[at] = rows[at - 1];
      distances[at] = distances[at - 1];
    }
    rows[at] = row;
    distances[at] = distance;
  }
  return { rows, distances };
}
