/**
 * UMAP (McInnes, Healy and Melville, 2018) from a neighbour graph and a start: the start decides where groups lie, the
 * graph who lies beside whom. Warm starts and anchors, which keep one map comparable to another, are ordinary options.
 */
import { PURPOSE, randomStream } from '../../domain/random/stream';
import type { Monitor, NeighbourGraph, Positions } from '../types';
import { fitCurve } from './curve';
import { descend2 } from './descend2';
import { descend3 } from './descend3';
import type { Descent } from './descent';
import { forcesOf } from './forces';
import { fuzzyGraph, type FuzzyGraph } from './weights';

/** Points that are held near a place of their own. */
export interface Anchors {
  /** Of the same count and dimensions as the start. */
  readonly positions: Positions;
  /** [count]: the share of the way to its anchor that a point goes in each epoch, times the rate; 0 leaves it free. */
  readonly pull: Float32Array;
}

/** How a layout is made. */
export interface UmapOptions {
  /** Where the points begin, in two or three dimensions, for example `pcaStart`. Stays as it is. */
  readonly start: Positions;
  readonly seed: number;
  /** Passes over all pairs; by default 340 up to 10,000 points and 170 beyond. */
  readonly epochs?: number;
  /** How far points move at first, 1 by default; it falls to 0 in equal steps. */
  readonly rate?: number;
  /** Distance up to which neighbours may come, 0.1 by default. */
  readonly minDistance?: number;
  /** Scale of the map, 1 by default. */
  readonly spread?: number;
  /** Points that a point is pushed away from for each neighbour that it is drawn to, 6 by default. */
  readonly negatives?: number;
  readonly anchors?: Anchors;
}

const EPOCHS_OF_FEW = 340;
const EPOCHS_OF_MANY = 170;
const FEW = 10_000;
const NEGATIVES = 6;
const EPOCHS_BETWEEN_SNAPSHOTS = 5;

/** The layout of a graph: the same bytes for the same graph, options and seed. Throws Cancelled. */
export function umap(graph: NeighbourGraph, options: UmapOptions, monitor: Monitor): Positions {
  const { epochs = epochsFor(graph.count), rate = 1 } = options;
  const places = options.start.values.slice();
  const positions: Positions = { ...options.start, values: places };
  if (graph.k === 0) return positions;
  monitor.progress('layout', 0);
  const descent = makeDescent(fuzzyGraph(graph, monitor), places, { ...options, epochs });
  const descend = positions.dimensions === 2 ? descend2 : descend3;
  for (let number = 1; number <= epochs; number++) {
    const now = { number, rate: rate * (1 - (number - 1) / epochs) };
    descend(descent, now, monitor);
    if (options.anchors !== undefined) pullToAnchors(positions, options.anchors, now.rate);
    monitor.progress('layout', number / epochs);
    if (number % EPOCHS_BETWEEN_SNAPSHOTS === 0) monitor.snapshot(positions);
  }
  return positions;
}

/**
 * As in umap-learn, fewer passes over more points; but 340 and 170 with six points pushed away for its 500 and 200 with
 * five: maps are a little more trustworthy, in less time.
 */
function epochsFor(count: number): number {
  return count <= FEW ? EPOCHS_OF_FEW : EPOCHS_OF_MANY;
}

function makeDescent(
  graph: FuzzyGraph,
  places: Float32Array,
  options: UmapOptions & { readonly epochs: number },
): Descent {
  const { minDistance = 0.1, spread = 1, negatives = NEGATIVES, seed, epochs } = options;
  const { starts, tails, weights } = withoutFaint(graph, epochs);
  const most = weights.reduce((a, b) => Math.max(a, b), 0);
  const interval = weights.map((weight) => most / weight);
  const forces = forcesOf(fitCurve({ minDistance, spread }));
  const random = randomStream(seed, PURPOSE.layout).uint32() | 1;
  const count = starts.length - 1;
  return { places, count, starts, tails, interval, due: interval.slice(), forces, negatives, random };
}

/** Pairs so faint that they would not be due in any epoch are left out. */
function withoutFaint({ starts, tails, weights }: FuzzyGraph, epochs: number): FuzzyGraph {
  const least = weights.reduce((a, b) => Math.max(a, b), 0) / epochs;
  const kept: FuzzyGraph = { starts: starts.slice(), tails: tails.slice(), weights: weights.slice() };
  let length = 0;
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let pair = starts[row]; pair < starts[row + 1]; pair++) {
      if (weights[pair] < least) continue;
      kept.tails[length] = tails[pair];
      kept.weights[length++] = weights[pair];
    }
    kept.starts[row + 1] = length;
  }
  return { ...kept, tails: kept.tails.subarray(0, length), weights: kept.weights.subarray(0, length) };
}

function pullToAnchors({ values, dimensions }: Positions, { positions, pull }: Anchors, rate: number): void {
  for (let row = 0, at = 0; row < pull.length; row++) {
    const share = pull[row] * rate;
    for (let axis = 0; axis < dimensions; axis++, at++) {
      values[at] += share * (positions.values[at] - values[at]);
    }
  }
}
