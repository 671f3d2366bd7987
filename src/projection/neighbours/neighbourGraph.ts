/** The neighbour graph of vectors, exact where that is quick, and the neighbours of one vector, always exact. */
import type { Metric } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';
import type { Monitor, NeighbourGraph } from '../types';
import { descentGraph } from './descent';
import { exactGraph } from './exact';
import { Space } from './space';

/** Rows up to which every pair is looked at. */
export const EXACT_ROWS = 15_000;

/** Which neighbours. */
export interface NeighbourOptions {
  /** Others of each sample; at most count - 1 of them are given. */
  readonly k: number;
  readonly metric: Metric;
  readonly seed: number;
}

/**
 * The k nearest others of each row: exact up to 15,000 rows, above by descent, which misses some (recall about 0.95).
 * A vector of zeros has cosine distance 1 to all. Vectors are finite. Throws Cancelled, and HumanError for vectors of more than 4 GB.
 */
export function neighbourGraph(
  vectors: Vectors,
  options: NeighbourOptions,
  monitor: Monitor,
): NeighbourGraph {
  const k = Math.min(options.k, vectors.count - 1);
  if (k < 1) return emptyGraph(vectors.count, options.metric);
  const space = new Space(vectors, options.metric);
  return vectors.count <= EXACT_ROWS
    ? exactGraph(space, k, monitor)
    : descentGraph(space, { k, seed: options.seed }, monitor);
}

function emptyGraph(count: number, metric: Metric): NeighbourGraph {
  return { indices: new Int32Array(0), distances: new Float32Array(0), count, k: 0, metric };
}
