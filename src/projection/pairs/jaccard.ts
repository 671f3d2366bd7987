/**
 * How much a sample's neighbourhood changed between two embeddings, without a look at any map: the Jaccard index of its
 * two sets of neighbours, taken in full dimension and compared by sample. It separates moved samples from those that
 * stayed better than any movement on a map does.
 */
import { quantile } from '../../domain/statistics/quantile';
import type { NeighbourGraph } from '../types';
import { NONE, type Join } from './join';

const HISTOGRAM_BINS = 20;

export interface NeighbourChange {
  /** Jaccard index of each left row, 0 to 1 for no change; NaN for a row that is not shared or has no shared neighbour. */
  readonly values: Float32Array;
  /** Neighbours that were compared. */
  readonly k: number;
  /** NaN if no row has an index. */
  readonly median: number;
  /** Rows in 20 equal bins of the index. */
  readonly histogram: readonly number[];
}

/**
 * The Jaccard index of the k nearest neighbours of each shared sample. Neighbours that the other side does not know
 * count neither for nor against: they are left out, and as this shortens one list more than the other, both are cut
 * to the nearest that the shorter one holds.
 */
export function neighbourChange(
  left: NeighbourGraph,
  right: NeighbourGraph,
  { join, k }: { readonly join: Join; readonly k: number },
): NeighbourChange {
  const used = Math.min(k, left.k, right.k);
  const values = new Float32Array(left.count).fill(Number.NaN);
  const known = join.leftOf.map((partner, row) => (partner === NONE ? NONE : row));
  const seen = new Int32Array(right.count).fill(NONE);
  const lists = { left: new Int32Array(used), right: new Int32Array(used) };
  for (let row = 0; row < left.count; row++) {
    const partner = join.rightOf[row];
    if (partner === NONE) continue;
    const ours = listNeighbours(lists.left, left, row, join.rightOf);
    const theirs = listNeighbours(lists.right, right, partner, known);
    const size = Math.min(ours, theirs);
    mark(seen, lists.left, size, row);
    const both = countMarked(seen, lists.right, size, row);
    if (size > 0) values[row] = both / (2 * size - both);
  }
  return { values, k: used, ...summary(values) };
}

/** 1 - index of the rows of both sides, as columns of their maps; NaN where there is no index. */
export function changeColumns(
  { values }: NeighbourChange,
  join: Join,
): { readonly left: Float32Array; readonly right: Float32Array } {
  const left = values.map((value) => 1 - value);
  const right = Float32Array.from(join.leftOf, (row) => (row === NONE ? Number.NaN : left[row]));
  return { left, right };
}

/** Lists a row's nearest neighbours, nearest first, by the names given to rows, without those that have none. */
function listNeighbours(list: Int32Array, graph: NeighbourGraph, row: number, names: Int32Array): number {
  let filled = 0;
  for (let n = 0; n < list.length; n++) {
    const name = names[graph.indices[row * graph.k + n]];
    if (name !== NONE) list[filled++] = name;
  }
  return filled;
}

function mark(seen: Int32Array, list: Int32Array, size: number, stamp: number): void {
  for (let n = 0; n < size; n++) seen[list[n]] = stamp;
}

function countMarked(seen: Int32Array, list: Int32Array, size: number, stamp: number): number {
  let marked = 0;
  for (let n = 0; n < size; n++) if (seen[list[n]] === stamp) marked++;
  return marked;
}

function summary(values: Float32Array): { readonly median: number; readonly histogram: readonly number[] } {
  const known = values.filter((value) => !Number.isNaN(value));
  const histogram = new Array<number>(HISTOGRAM_BINS).fill(0);
  for (const value of known) histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor(value * HISTOGRAM_BINS))]++;
  return { median: quantile(known, 0.5), histogram };
}
