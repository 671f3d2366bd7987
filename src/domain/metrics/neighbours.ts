/**
 * Classifiers that need no training: the k nearest neighbours and the nearest class mean, both by cosine
 * similarity on L2-normalised features.
 */
import { argMax } from './accuracy';

export interface LabelledFeatures {
  /** Row-major [samples, dimensions], L2-normalised. */
  readonly features: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly dimensions: number;
}

export interface NeighbourVote {
  readonly classes: number;
  /** k. */
  readonly neighbours: number;
  /** Votes weigh exp(similarity / temperature). */
  readonly temperature: number;
}

/**
 * The class that the k most similar samples of a bank vote for (Wu et al., CVPR 2018).
 * @param similarities cosine similarity of one query to each sample of the bank
 */
export function knnVote(
  similarities: Float32Array,
  bankLabels: ArrayLike<number>,
  vote: NeighbourVote,
): number {
  return argMax(knnScores(similarities, bankLabels, vote), 0, vote.classes);
}

/** The weight of the votes for each class, [classes]; they do not add up to 1. */
export function knnScores(
  similarities: Float32Array,
  bankLabels: ArrayLike<number>,
  vote: NeighbourVote,
): Float64Array {
  const scores = new Float64Array(vote.classes);
  for (const index of largest(similarities, vote.neighbours)) {
    scores[bankLabels[index]] += Math.exp((similarities[index] - 1) / vote.temperature);
  }
  return scores;
}

/** Top-1 accuracy, 0 to 1, of the class mean with the highest cosine similarity; a class that the bank lacks has none. */
export function nearestClassMeanAccuracy(
  bank: LabelledFeatures,
  queries: LabelledFeatures,
  classes: number,
): number {
  const means = classMeans(bank, classes);
  const { dimensions } = queries;
  const present = new Set(Array.from(bank.labels));
  let right = 0;
  for (let query = 0; query < queries.labels.length; query++) {
    const scores = Float64Array.from({ length: classes }, (_, c) => {
      if (!present.has(c)) return -Infinity;
      let dot = 0;
      for (let k = 0; k < dimensions; k++)
        dot += queries.features[query * dimensions + k] * means[c * dimensions + k];
      return dot;
    });
    if (argMax(scores, 0, classes) === queries.labels[query]) right++;
  }
  return right / queries.labels.length;
}

/** L2-normalised mean feature of each class, row-major [classes, dimensions]. */
export function classMeans(bank: LabelledFeatures, classes: number): Float32Array {
  const { dimensions, features, labels } = bank;
  const means = new Float32Array(classes * dimensions);
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < dimensions; k++) means[labels[i] * dimensions + k] += features[i * dimensions + k];
  }
  return normaliseRows(means, dimensions);
}

/** Divides each row by its Euclidean length, in place; rows of zeros stay. */
export function normaliseRows(values: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < values.length; start += dimensions) {
    let sum = 0;
    for (let k = 0; k < dimensions; k++) sum += values[start + k] * values[start + k];
    const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let k = 0; k < dimensions; k++) values[start + k] *= factor;
  }
  return values;
}

/** Indices of the k largest values, by one pass with an insertion into a short sorted list. */
function largest(values: Float32Array, k: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (best.length === k && values[i] <= values[best[k - 1]]) continue;
    let at = best.length === k ? k - 1 : best.length;
    while (at > 0 && values[best[at - 1]] < values[i]) {
      best[at] = best[at - 1];
      at--;
    }
    best[at] = i;
  }
  return best;
}
