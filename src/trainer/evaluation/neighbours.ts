/** kNN and nearest-class-mean accuracy of encoder features. */
import type { NeighbourVote } from '../../domain/metrics/neighbours';
import { knnVote, nearestClassMeanAccuracy } from '../../domain/metrics/neighbours';
import type { Engine } from '../../engine/engine';
import type { Encoded } from './encode';
import { eachSimilarityRow, normalisedFeatures } from './similarities';

export interface NeighbourAccuracy {
  readonly knn: number;
  readonly nearestClassMean: number;
}

/** Accuracy of both classifiers that need no training, by cosine similarity; inputs stay as they are. */
export async function neighbourAccuracy(
  engine: Engine,
  bank: Encoded,
  queries: Encoded,
  vote: NeighbourVote,
): Promise<NeighbourAccuracy> {
  const known = normalisedFeatures(bank);
  const asked = normalisedFeatures(queries);
  let right = 0;
  await eachSimilarityRow(engine, known, asked, (row, query) => {
    if (knnVote(row, bank.labels, vote) === queries.labels[query]) right++;
  });
  return {
    knn: right / asked.labels.length,
    nearestClassMean: nearestClassMeanAccuracy(known, asked, vote.classes),
  };
}
