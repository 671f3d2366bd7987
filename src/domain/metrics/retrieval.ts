/**
 * Retrieval of samples of the query's own class from all others, by similarity (Musgrave, Belongie and Lim, "A metric
 * learning reality check", ECCV 2020, section 3.2). R is how many others of its class there are for a query.
 */
import { rankedPlaces } from './ranking';

/** Means over queries, each 0 to 1; of one query, its own values. */
export interface RetrievalScores {
  /** Share of queries whose most similar sample is of their class. */
  readonly precisionAt1: number;
  /** Share of the first R that is of the class. */
  readonly rPrecision: number;
  /** (1/R) sum over i = 1..R of [i-th is of the class] (share of the first i that is). */
  readonly mapAtR: number;
}

/** Scores of one query among the samples; undefined where no other sample is of its class. */
export function scoreQuery(
  similarities: Float32Array,
  labels: ArrayLike<number>,
  query: number,
): RetrievalScores | undefined {
  const relevant = countLabel(labels, labels[query]) - 1;
  if (relevant < 1) return undefined;
  const ranked = rankedPlaces(similarities, relevant, query);
  let right = 0;
  let precisions = 0;
  ranked.forEach((place, i) => {
    if (labels[place] !== labels[query]) return;
    right++;
    precisions += right / (i + 1);
  });
  return {
    precisionAt1: labels[ranked[0]] === labels[query] ? 1 : 0,
    rPrecision: right / relevant,
    mapAtR: precisions / relevant,
  };
}

/** Means over queries; zero for none. */
export function meanScores(scores: readonly RetrievalScores[]): RetrievalScores {
  const mean = (name: keyof RetrievalScores) =>
    scores.reduce((sum, score) => sum + score[name], 0) / Math.max(1, scores.length);
  return { precisionAt1: mean('precisionAt1'), rPrecision: mean('rPrecision'), mapAtR: mean('mapAtR') };
}

function countLabel(labels: ArrayLike<number>, label: number): number {
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) count++;
  return count;
}
