/** Retrieval and clustering on a sample of the test split against itself, on L2-normalised encoder features. */
import { kMeans } from '../../domain/metrics/kMeans';
import { normalisedMutualInformation } from '../../domain/metrics/mutualInformation';
import type { RetrievalScores } from '../../domain/metrics/retrieval';
import { meanScores, scoreQuery } from '../../domain/metrics/retrieval';
import type { Results } from '../../domain/run/results';
import type { Engine } from '../../engine/engine';
import type { Encoded } from './encode';
import { rowsAt, sampledPlaces } from './sample';
import { eachSimilarityRow, normalisedFeatures } from './similarities';

export interface RetrievalSetting {
  /** Test images that take part at most; 0 measures nothing. */
  readonly samples: number;
  readonly classes: number;
  readonly seed: number;
}

/** Restarts of k-means, and most iterations of each. */
const RESTARTS = 3;
const ITERATIONS = 50;

/** P@1, R-precision, MAP@R and NMI; nothing where they are switched off. */
export async function retrievalFigures(
  engine: Engine,
  test: Encoded,
  { samples, classes, seed }: RetrievalSetting,
): Promise<Pick<Results, 'retrieval' | 'clusters'>> {
  const places = sampledPlaces(test.labels.length, samples, seed);
  if (places.length <= classes) return {};
  const bank = normalisedFeatures(rowsAt(test, places));
  const scores: RetrievalScores[] = [];
  await eachSimilarityRow(engine, bank, bank, (row, query) => {
    const score = scoreQuery(row, bank.labels, query);
    if (score !== undefined) scores.push(score);
  });
  const { assignment } = kMeans(bank.features, bank.dimensions, {
    clusters: classes,
    restarts: RESTARTS,
    iterations: ITERATIONS,
    seed,
  });
  const of = { split: 'test', feature: 'encoder' } as const;
  return {
    retrieval: {
      ...meanScores(scores),
      samples: places.length,
      ...of,
      protocol: `each of ${places.length} images against all others of them, cosine`,
    },
    clusters: {
      nmi: normalisedMutualInformation(assignment, bank.labels),
      clusters: classes,
      samples: places.length,
      ...of,
      protocol: `k-means on L2-normalised features, k ${classes}, best of ${RESTARTS} restarts from k-means++, arithmetic normalisation`,
    },
  };
}
