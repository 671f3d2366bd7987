/**
 * The fuzzy neighbourhoods of UMAP (McInnes, Healy and Melville, 2018, section 3.1): a row's nearest neighbour weighs
 * 1, the others fall off at a rate of the row's own, such that the weights of each row have the same sum; the weight of
 * a pair is that of "either takes the other for a neighbour".
 */
import type { Monitor, NeighbourGraph } from '../types';

/** Weighted pairs, each in both directions, by the row they start from. */
export interface FuzzyGraph {
  /** [count + 1]: the pairs of row i are from starts[i] to starts[i + 1]. */
  readonly starts: Int32Array;
  readonly tails: Int32Array;
  /** 0 to 1. */
  readonly weights: Float32Array;
}

/** A rate never exceeds 1 / (this times the mean distance): where many neighbours are equally near there is none. */
const LEAST_SCALE = 1e-3;
const TOLERANCE = 1e-5;
const MOST_STEPS = 64;
const NONE = -1;

/** The union of the rows' fuzzy neighbourhoods: a + b - ab for the two weights of a pair. */
export function fuzzyGraph(graph: NeighbourGraph, monitor: Monitor): FuzzyGraph {
  const directed = directedWeights(graph, monitor);
  const mutual = findMutual(graph, monitor);
  const starts = countPairs(graph, mutual);
  const next = starts.slice();
  const tails = new Int32Array(starts[graph.count]);
  const weights = new Float32Array(tails.length);
  const put = (head: number, tail: number, weight: number): void => {
    tails[next[head]] = tail;
    weights[next[head]++] = weight;
  };
  for (let row = 0, at = 0; row < graph.count; row++) {
    for (let i = 0; i < graph.k; i++, at++) {
      const other = mutual[at] === NONE ? 0 : directed[mutual[at]];
      const weight = directed[at] + other - directed[at] * other;
      put(row, graph.indices[at], weight);
      if (mutual[at] === NONE) put(graph.indices[at], row, weight);
    }
  }
  return { starts, tails, weights };
}

/** [count, k]: how much each row takes each of its neighbours for one. */
function directedWeights({ distances, count, k }: NeighbourGraph, monitor: Monitor): Float32Array {
  const weights = new Float32Array(count * k);
  const overall = meanOf(distances);
  for (let row = 0; row < count; row++) {
    if ((row & 4095) === 0) monitor.check();
    const own = distances.subarray(row * k, (row + 1) * k);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const most = 1 / (LEAST_SCALE * (nearest > 0 ? meanOf(own) : overall));
    const rate = Math.min(most, fallRate(own, nearest));
    for (let i = 0; i < k; i++) {
      weights[row * k + i] = own[i] <= nearest ? 1 : Math.exp(-(own[i] - nearest) * rate);
    }
  }
  return weights;
}

/**
 * The rate r at which the weights exp(-r (distance - nearest)) sum to log2(k + 1). The sum is convex and falls in r, so
 * Newton's method from r = 0 comes to the root from one side; without a root it goes on to infinity.
 */
function fallRate(distances: Float32Array, nearest: number): number {
  const target = Math.log2(distances.length + 1);
  let rate = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    let sum = 0;
    let slope = 0;
    for (const distance of distances) {
      const beyond = Math.max(0, distance - nearest);
      const weight = Math.exp(-beyond * rate);
      sum += weight;
      slope += weight * beyond;
    }
    if (sum - target < TOLERANCE) return rate;
    if (slope === 0) return Number.POSITIVE_INFINITY;
    rate += (sum - target) / slope;
  }
  return rate;
}

/** [count, k]: where the neighbour lists the row in turn, or NONE. */
function findMutual({ indices, count, k }: NeighbourGraph, monitor: Monitor): Int32Array {
  const mutual = new Int32Array(count * k).fill(NONE);
  for (let row = 0, at = 0; row < count; row++) {
    if ((row & 1023) === 0) monitor.check();
    for (let i = 0; i < k; i++, at++) {
      const from = indices[at] * k;
      for (let j = from; j < from + k; j++) {
        if (indices[j] === row) {
          mutual[at] = j;
          break;
        }
      }
    }
  }
  return mutual;
}

function countPairs({ indices, count, k }: NeighbourGraph, mutual: Int32Array): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let row = 0, at = 0; row < count; row++) {
    starts[row + 1] += k;
    for (let i = 0; i < k; i++, at++) if (mutual[at] === NONE) starts[indices[at] + 1]++;
  }
  for (let row = 0; row < count; row++) starts[row + 1] += starts[row];
  return starts;
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
