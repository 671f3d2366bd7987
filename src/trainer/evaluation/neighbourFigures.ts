/** The final figures of classifiers that need no training: kNN and nearest class mean, before the head and after it. */
import { isContrastive } from '../../domain/losses/kinds';
import type { NeighbourVote } from '../../domain/metrics/neighbours';
import type { Results } from '../../domain/run/results';
import type { Job } from '../job';
import type { Encoded } from './encode';
import type { Encodings } from './encodings';
import { neighbourAccuracy } from './neighbours';

/** On the encoder's features. */
export async function neighbourFigures(
  job: Job,
  { train, test }: Encodings,
): Promise<Pick<Results, 'knn' | 'nearestClassMean'>> {
  const vote = voteOf(job);
  const accuracy = await neighbourAccuracy(job.engine, train, test, vote);
  const k = Math.min(vote.neighbours, train.labels.length);
  const of = { split: 'test', feature: 'encoder' } as const;
  return {
    knn: {
      top1: accuracy.knn,
      ...of,
      protocol: `kNN on encoder features, cosine, k ${k}, bank: train split`,
    },
    nearestClassMean: {
      top1: accuracy.nearestClassMean,
      ...of,
      protocol: 'nearest class mean of encoder features, cosine, means: train split',
    },
  };
}

/** On the output of the projection head, for what dropping the head is worth; none for a classifier's logits. */
export async function projectionFigures(
  job: Job,
  { train, test }: Encodings,
): Promise<Pick<Results, 'knnProjection'>> {
  if (!isContrastive(job.configuration.loss.name)) return {};
  const vote = voteOf(job);
  const { knn } = await neighbourAccuracy(job.engine, projected(train), projected(test), vote);
  const k = Math.min(vote.neighbours, train.labels.length);
  const protocol = `kNN on the projection, cosine, k ${k}, bank: train split`;
  return { knnProjection: { top1: knn, split: 'test', feature: 'head', protocol } };
}

function projected(encoded: Encoded): Encoded {
  return { ...encoded, features: encoded.head };
}

function voteOf({ configuration: { evaluation }, classes }: Job): NeighbourVote {
  return { classes, neighbours: evaluation.neighbours, temperature: evaluation.neighbourTemperature };
}
