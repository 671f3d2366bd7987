/** The answers of the shipped classifier to every test sample, kept so that runs can be compared sample by sample. */
import { join } from 'node:path';
import { argMax } from '../../domain/metrics/accuracy';
import { softmaxRows } from '../../domain/metrics/temperatureScaling';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { PredictionsFile } from '../../domain/run/predictions';
import { MOST_PREDICTIONS } from '../../domain/run/predictions';
import { sampleHashes } from '../../formats/datasets/contentHash';
import type { Dataset } from '../../formats/datasets/imageSet';
import { writeFileAtomically } from '../../formats/files';
import type { Job } from '../job';
import type { Answers, ShippedClassifier } from './shippedClassifier';

const CONFIDENCE_DIGITS = 4;

/** Writes predictions.json, unless the test set is too large for it. */
export async function writePredictions(
  { folder, dataset }: Pick<Job, 'folder' | 'dataset'>,
  classifier: ShippedClassifier,
  answers: Answers,
): Promise<void> {
  if (answers.labels.length > MOST_PREDICTIONS) return;
  const predictions = predictionsOf(dataset, classifier, answers);
  // Without indents: lists of ten thousand numbers are for programs.
  await writeFileAtomically(join(folder, RUN_FILE.predictions), `${JSON.stringify(predictions)}\n`);
}

/** The content of predictions.json. */
export function predictionsOf(
  { test, contentHash }: Pick<Dataset, 'test' | 'contentHash'>,
  { name, feature, classes }: Pick<ShippedClassifier, 'name' | 'feature' | 'classes'>,
  { logits, labels }: Answers,
): PredictionsFile {
  const probabilities = softmaxRows(logits, classes);
  const answers = Array.from(labels, (_, i) => argMax(logits, i * classes, classes));
  return {
    formatVersion: FORMAT_VERSION,
    split: 'test',
    feature,
    protocol: `answers of ${name}`,
    datasetHash: contentHash,
    classes: test.classNames,
    labels: Array.from(labels),
    answers,
    confidence: answers.map((answer, i) => rounded(probabilities[i * classes + answer])),
    hashes: sampleHashes(test),
  };
}

function rounded(probability: number): number {
  return Number.isFinite(probability) ? Number(probability.toFixed(CONFIDENCE_DIGITS)) : 0;
}
