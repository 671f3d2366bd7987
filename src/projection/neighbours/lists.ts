/**
 * The k nearest rows of each row that a search has seen so far, nearest first. Of equal gaps the lower row number wins,
 * so that a result does not depend on the order in which pairs were looked at.
 */
import type { NeighbourGraph } from '../types';
import type { Space } from './space';

/** A place that no row has taken. */
export const EMPTY = 0x7fffffff;

export class NearestLists {
  /** [count, k]; EMPTY where there is none yet. */
  readonly rows: Int32Array;
  /** [count, k], ascending. */
  readonly gaps: Float64Array;
  /** [count]: the gap that a row must not exceed to enter a list. */
  readonly limits: Float64Array;
  /** [count, k]: 1 for a row that entered since the mark was taken away. */
  readonly isNew: Uint8Array;

  constructor(
    readonly count: number,
    readonly k: number,
  ) {
    this.rows = new Int32Array(count * k).fill(EMPTY);
    this.gaps = new Float64Array(count * k).fill(Number.POSITIVE_INFINITY);
    this.limits = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.isNew = new Uint8Array(count * k);
  }

  /** Puts a row into the list of another unless it is there or too far; gives whether it went in. */
  offer(row: number, other: number, gap: number): boolean {
    const { rows, gaps, isNew, k } = this;
    const start = row * k;
    const last = start + k - 1;
    let at = last + 1;
    while (at > start && (gaps[at - 1] > gap || (gaps[at - 1] === gap && rows[at - 1] > other))) at--;
    if (at > last || (at > start && rows[at - 1] === other)) return false;
    for (let i = last; i > at; i--) {
      rows[i] = rows[i - 1];
      gaps[i] = gaps[i - 1];
      isNew[i] = isNew[i - 1];
    }
    rows[at] = other;
    gaps[at] = gap;
    isNew[at] = 1;
    this.limits[row] = gaps[last];
    return true;
  }
}

/** The graph of full lists, with distances formed anew in double precision. */
export function graphOf(lists: NearestLists, space: Space): NeighbourGraph {
  const { count, k } = lists;
  const distances = new Float32Array(count * k);
  for (let row = 0; row < count; row++) {
    refine(lists, space, row);
    for (let i = row * k; i < (row + 1) * k; i++) distances[i] = space.distance(lists.gaps[i]);
  }
  return { indices: lists.rows, distances, count, k, metric: space.metric };
}

/** Sorts one list by its exact gaps; they are nearly in order already. */
function refine({ rows, gaps, k }: NearestLists, space: Space, row: number): void {
  const start = row * k;
  for (let i = start; i < start + k; i++) {
    const other = rows[i];
    const gap = space.gap(row, other);
    let at = i;
    for (; at > start && (gaps[at - 1] > gap || (gaps[at - 1] === gap && rows[at - 1] > other)); at--) {
      rows[at] = rows[at - 1];
      gaps[at] = gaps[at - 1];
    }
    rows[at] = other;
    gaps[at] = gap;
  }
}
