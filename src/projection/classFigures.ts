/**
 * What becomes of each class in full dimension: how its samples hold together, which class is nearest, and what the
 * neighbours of its samples take them for. Votes leave the sample itself out, because a graph does.
 */
import { argMax } from '../domain/metrics/accuracy';
import type { ClassFigures } from '../domain/maps/figures';
import type { Vectors } from '../domain/maps/vectors';
import type { NeighbourGraph } from './types';

/** Class of each row by its place in `categories`, -1 for unknown. */
export interface RowClasses {
  readonly codes: Int32Array;
  readonly categories: readonly string[];
}

/** What the neighbours of each row vote for. */
export interface Predictions {
  /** Place of the class; -1 for a row none of whose neighbours has a class. */
  readonly codes: Int32Array;
  /** Share of the votes for it, 0 to 1; NaN without votes. */
  readonly confidence: Float32Array;
}

/** Votes weigh exp(similarity / temperature): the value of Wu et al. (CVPR 2018). */
const TEMPERATURE = 0.07;

/**
 * The class that each row's neighbours vote for, by weights of exp(cosine similarity / 0.07); Euclidean distances have
 * no common scale, and all their votes weigh the same. The first of equals.
 */
export function neighbourPredictions(graph: NeighbourGraph, { codes, categories }: RowClasses): Predictions {
  const { count, k, indices, distances, metric } = graph;
  const predictions = {
    codes: new Int32Array(count).fill(-1),
    confidence: new Float32Array(count).fill(Number.NaN),
  };
  const votes = new Float64Array(categories.length);
  for (let row = 0; row < count; row++) {
    votes.fill(0);
    let total = 0;
    for (let edge = row * k; edge < (row + 1) * k; edge++) {
      const code = codes[indices[edge]];
      if (code < 0) continue;
      const weight = metric === 'cosine' ? Math.exp((distances[row * k] - distances[edge]) / TEMPERATURE) : 1;
      votes[code] += weight;
      total += weight;
    }
    if (total === 0) continue;
    predictions.codes[row] = argMax(votes, 0, votes.length);
    predictions.confidence[row] = votes[predictions.codes[row]] / total;
  }
  return predictions;
}

/** What the figures of classes are made of. */
export interface ClassFiguresInput {
  readonly vectors: Vectors;
  readonly classes: RowClasses;
  readonly graph: NeighbourGraph;
  /** Of the graph and classes, from `neighbourPredictions`. */
  readonly predictions: Predictions;
  /** Graph of the same rows at the epoch before; null for the first. */
  readonly before: NeighbourGraph | null;
}

/** One entry for each class that has samples, in the order of categories. Shares of nothing are NaN. */
export function classFigures(input: ClassFiguresInput): ClassFigures[] {
  const { classes, predictions } = input;
  const directions = classDirections(input.vectors, classes);
  const votes = voteTable(classes, predictions);
  const drifts = input.before === null ? null : classDrifts(input.graph, input.before, classes);
  return classes.categories.flatMap((name, code) => {
    const count = directions.counts[code];
    if (count === 0) return [];
    const tightness = directions.lengths[code] / count;
    const drift = drifts === null ? null : drifts[code] / count;
    return { name, count, tightness, ...nearestClass(directions, classes, code), ...votes(code), drift };
  });
}

interface Directions {
  /** Samples of each class. */
  readonly counts: Int32Array;
  /** Sum of the unit vectors of each class, [classes, dimensions]: its length over the count is the mean cosine to it. */
  readonly sums: Float64Array;
  readonly lengths: Float64Array;
  readonly dimensions: number;
}

function classDirections(
  { values, count, dimensions }: Vectors,
  { codes, categories }: RowClasses,
): Directions {
  const counts = new Int32Array(categories.length);
  const sums = new Float64Array(categories.length * dimensions);
  for (let row = 0; row < count; row++) {
    const code = codes[row];
    if (code < 0) continue;
    counts[code]++;
    const from = row * dimensions;
    let square = 0;
    for (let k = 0; k < dimensions; k++) square += values[from + k] * values[from + k];
    const factor = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < dimensions; k++) sums[code * dimensions + k] += values[from + k] * factor;
  }
  const lengths = Float64Array.from(counts, (_, code) => Math.sqrt(product(sums, code, code, dimensions)));
  return { counts, sums, lengths, dimensions };
}

function nearestClass(
  { counts, sums, lengths, dimensions }: Directions,
  { categories }: RowClasses,
  own: number,
): Pick<ClassFigures, 'nearest' | 'nearestSimilarity'> {
  let nearest = '';
  let nearestSimilarity = Number.NaN;
  categories.forEach((name, other) => {
    if (other === own || counts[other] === 0) return;
    const scale = lengths[own] * lengths[other];
    const similarity = scale > 0 ? product(sums, own, other, dimensions) / scale : 0;
    if (nearest !== '' && similarity <= nearestSimilarity) return;
    nearest = name;
    nearestSimilarity = similarity;
  });
  return { nearest, nearestSimilarity };
}

function product(sums: Float64Array, a: number, b: number, dimensions: number): number {
  let dot = 0;
  for (let k = 0; k < dimensions; k++) dot += sums[a * dimensions + k] * sums[b * dimensions + k];
  return dot;
}

type Votes = Pick<ClassFigures, 'accuracy' | 'confusedWith' | 'confusedShare'>;

/** What the rows of a class were voted into, over those that got a vote. */
function voteTable({ codes, categories }: RowClasses, predictions: Predictions): (code: number) => Votes {
  const classes = categories.length;
  const table = new Int32Array(classes * classes);
  codes.forEach((code, row) => {
    if (code >= 0 && predictions.codes[row] >= 0) table[code * classes + predictions.codes[row]]++;
  });
  return (code) => {
    const row = table.slice(code * classes, (code + 1) * classes);
    const voted = row.reduce((sum, votes) => sum + votes, 0);
    const accuracy = row[code] / voted;
    row[code] = 0;
    const other = argMax(row, 0, classes);
    return {
      accuracy,
      confusedWith: row[other] > 0 ? categories[other] : '',
      confusedShare: row[other] / voted,
    };
  };
}

/** Sum over the rows of each class of the share of neighbours that are new. */
function classDrifts(
  now: NeighbourGraph,
  before: NeighbourGraph,
  { codes, categories }: RowClasses,
): Float64Array {
  if (now.count !== before.count)
    throw new RangeError('Neighbours drift between graphs of the same rows alone');
  const drifts = new Float64Array(categories.length);
  /** The row that was last seen beside each row. */
  const seenBy = new Int32Array(now.count).fill(-1);
  for (let row = 0; row < now.count; row++) {
    for (let edge = row * before.k; edge < (row + 1) * before.k; edge++) seenBy[before.indices[edge]] = row;
    let fresh = 0;
    for (let edge = row * now.k; edge < (row + 1) * now.k; edge++)
      if (seenBy[now.indices[edge]] !== row) fresh++;
    if (codes[row] >= 0 && now.k > 0) drifts[codes[row]] += fresh / now.k;
  }
  return drifts;
}
