/**
 * Groups of rows for colours, by k-means. Centres come from a sample of rows, which they hardly depend on; then every
 * row takes the nearest one. Groups are numbered by size, the largest first, so that their colours are the same each time.
 */
import type { Metric } from '../domain/maps/request';
import type { Vectors } from '../domain/maps/vectors';
import { kMeans } from '../domain/metrics/kMeans';
import { classStatistics } from '../domain/metrics/classStatistics';
import { normaliseRows } from '../domain/metrics/neighbours';
import { stratifiedRows } from './sample';
import type { Monitor } from './types';

/** How rows are grouped. */
export interface ClusterOptions {
  /** Number of groups; at most as many as rows. */
  readonly clusters: number;
  readonly seed: number;
  /** By cosine, rows are grouped at unit length. */
  readonly metric: Metric;
}

/** Rows that centres are found from. */
const SAMPLE_ROWS = 4096;
const RESTARTS = 3;
const ITERATIONS = 30;
const ROWS_PER_CHECK = 512;

/** Group of each row, from 0. Throws Cancelled. */
export function clusterRows(vectors: Vectors, options: ClusterOptions, monitor: Monitor): Int32Array {
  const clusters = Math.min(options.clusters, vectors.count);
  if (clusters < 1) return new Int32Array(vectors.count);
  const { dimensions, count } = vectors;
  const values =
    options.metric === 'cosine' ? normaliseRows(vectors.values.slice(), dimensions) : vectors.values;
  const centres = centresOf({ values, count, dimensions }, { ...options, clusters }, monitor);
  return bySize(assign({ values, count, dimensions }, centres, monitor), clusters);
}

function centresOf(vectors: Vectors, { clusters, seed }: ClusterOptions, monitor: Monitor): Float64Array {
  const { values, count, dimensions } = vectors;
  const rows = stratifiedRows({ count, labels: null }, SAMPLE_ROWS, seed);
  const sample = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) =>
    sample.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions),
  );
  const most = Math.min(clusters, rows.length);
  const check = () => monitor.check();
  const setting = { clusters: most, restarts: RESTARTS, iterations: ITERATIONS, seed, check };
  return classStatistics(sample, kMeans(sample, dimensions, setting).assignment, dimensions).means;
}

function assign({ values, count, dimensions }: Vectors, centres: Float64Array, monitor: Monitor): Int32Array {
  const groups = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    if (row % ROWS_PER_CHECK === 0) monitor.check();
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c * dimensions < centres.length; c++) {
      let distance = 0;
      for (let k = 0; k < dimensions; k++) {
        const difference = values[row * dimensions + k] - centres[c * dimensions + k];
        distance += difference * difference;
      }
      if (distance >= least) continue;
      least = distance;
      groups[row] = c;
    }
  }
  return groups;
}

/** The same groups, numbered from the largest to the smallest; in place. */
function bySize(groups: Int32Array, clusters: number): Int32Array {
  const sizes = new Int32Array(clusters);
  for (const group of groups) sizes[group]++;
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const places = new Int32Array(clusters);
  order.forEach((group, place) => (places[group] = place));
  return groups.map((group) => places[group]);
}
