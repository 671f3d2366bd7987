/**
 * predictions.json: what the classifier that a user would ship answers to each test sample, so that two runs can be
 * compared sample by sample. Runs of earlier versions, and those with very many test samples, have none.
 */
import type { Figure } from './results';

/** The lists have one entry a sample, in the order of the split. */
export interface PredictionsFile extends Figure {
  readonly formatVersion: number;
  /** Content hash of the data set: only where two agree do equal places mean equal samples. */
  readonly datasetHash: string;
  readonly classes: readonly string[];
  /** Places in `classes`: the true ones, and those that were answered. */
  readonly labels: readonly number[];
  readonly answers: readonly number[];
  /** Softmax probability of each answer, rounded. */
  readonly confidence: readonly number[];
  /** Hash of each sample's content, by which samples of different data sets are joined. */
  readonly hashes: readonly string[];
}

/** More test samples than this have no predictions.json: the file would be larger than the run. */
export const MOST_PREDICTIONS = 100_000;

/** The lasting name of the test sample at a place, as the embeddings name samples. */
export function testSampleId(place: number): string {
  return `test/${place}`;
}
