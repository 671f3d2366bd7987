/** Schemas of what the trainer records beside its numbers, tied to the domain's types. */
import * as v from 'valibot';
import type { DatasetFile } from '../domain/run/dataset';
import type { PredictionsFile } from '../domain/run/predictions';
import type { PerClass, Results } from '../domain/run/results';

const figureEntries = {
  split: v.picklist(['train', 'validation', 'test']),
  protocol: v.string(),
  feature: v.exactOptional(v.picklist(['encoder', 'head', 'pixels'])),
};

export const datasetFileSchema = v.object({
  formatVersion: v.number(),
  kind: v.string(),
  samples: v.picklist(['images', 'features']),
  height: v.number(),
  width: v.number(),
  channels: v.number(),
  classNames: v.array(v.string()),
  counts: v.object({ train: v.number(), validation: v.number(), test: v.number() }),
  contentHash: v.string(),
  damaged: v.number(),
}) satisfies v.GenericSchema<unknown, DatasetFile>;

const predictionsSchema = v.object({
  ...figureEntries,
  formatVersion: v.number(),
  datasetHash: v.string(),
  classes: v.array(v.string()),
  labels: v.array(v.number()),
  answers: v.array(v.number()),
  confidence: v.array(v.number()),
  hashes: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, PredictionsFile>;

export const predictionsFileSchema = v.pipe(
  predictionsSchema,
  v.check(
    ({ labels, answers, confidence, hashes }) =>
      [answers, confidence, hashes].every(({ length }) => length === labels.length),
    'its lists differ in length',
  ),
);

const perClassSchema = v.object({
  ...figureEntries,
  classes: v.array(v.string()),
  accuracy: v.array(v.nullable(v.number())),
  confusion: v.exactOptional(v.array(v.array(v.number()))),
}) satisfies v.GenericSchema<unknown, PerClass>;

/** A figure with one number; what else belongs to it is kept as it is. */
const numberIn = (key: string) => v.exactOptional(v.looseObject({ [key]: v.number() }));

/**
 * results.json as far as runs are compared by it; all else is kept as it is, because a damaged figure that nobody
 * asks for is no reason to hide the others.
 */
export const resultsSchema = v.pipe(
  v.looseObject({
    formatVersion: v.number(),
    linearProbe: numberIn('top1'),
    classifier: numberIn('top1'),
    jointClassifier: numberIn('top1'),
    knn: numberIn('top1'),
    knnProjection: numberIn('top1'),
    nearestClassMean: numberIn('top1'),
    robustness: numberIn('top1'),
    calibration: numberIn('ece'),
    throughput: numberIn('viewsPerSecond'),
    perClass: v.exactOptional(perClassSchema),
  }),
  v.transform((value) => value as unknown as Results),
);
