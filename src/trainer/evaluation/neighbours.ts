/** kNN and nearest-class-mean accuracy of encoder features. */
import { argMax } from '../../domain/metrics/accuracy';
import type { NeighbourVote } from '../../domain/metrics/neighbours';
import { knnScores, nearestClassMeanAccuracy } from '../../domain/metrics/neighbours';
import type { Engine } from '../../engine/engine';
import type { Encoded } from './encode';
import { eachSimilarityRow, normalisedFeatures } from './similarities';

export interface NeighbourAccuracy {
  readonly knn: number;
  readonly nearestClassMean: number;
}

/** What the neighbours of each query vote for, and the share of the votes that agree, 0 to 1. */
export interface NeighbourAnswers {
  readonly answers: Int32Array;
  readonly confidence: Float32Array;
}

/** Accuracy of both classifiers that need no training, by cosine similarity; inputs stay as they are. */
export async function neighbourAccuracy(
  engine: Engine,
  bank: Encoded,
  queries: Encoded,
  vote: NeighbourVote,
): Promise<NeighbourAccuracy & { readonly votes: NeighbourAnswers }> {
  const votes = await neighbourAnswers(engine, bank, queries, vote);
  const right = votes.answers.filter((answer, query) => answer === queries.labels[query]).length;
  return {
    knn: right / queries.labels.length,
    nearestClassMean: nearestClassMeanAccuracy(
      normalisedFeatures(bank),
      normalisedFeatures(queries),
      vote.classes,
    ),
    votes,
  };
}

/** The vote on each query alone. */
export async function neighbourAnswers(
  engine: Engine,
  bank: Encoded,
  queries: Encoded,
  vote: NeighbourVote,
): Promise<NeighbourAnswers> {
  const answers = new Int32Array(queries.labels.length);
  const confidence = new Float32Array(queries.labels.length);
  await eachSimilarityRow(engine, normalisedFeatures(bank), normalisedFeatures(queries), (row, query) => {
    const scores = knnScores(row, bank.labels, vote);
    answers[query] = argMax(scores, 0, vote.classes);
    confidence[query] = scores[answers[query]] / scores.reduce((sum, score) => sum + score, 0);
  });
  return { answers, confidence };
}
