/**
 * Looks at everything that could go wrong before a run folder exists: the data set is read whole, the batch
 * must fit the images, weights to start from must fit the encoder, and the memory estimate the machine.
 */
import { freemem } from 'node:os';
import { countClasses, describeAdvice } from '../domain/advice/advice';
import type { ClassCounts } from '../domain/advice/batch';
import type { Configuration } from '../domain/configuration/schema';
import { estimateMemory, fittingBatchSize } from '../domain/cost/memory';
import type { Cost } from '../domain/cost/operations';
import { modelCost } from '../domain/cost/operations';
import { formatBytes, formatNumber, formatSome } from '../domain/display/format';
import { HumanError } from '../domain/errors';
import { severalLabelsRefusal, severalLabelsText } from '../domain/losses/severalLabels';
import { encoderArchitecture } from '../domain/model/encoder';
import type { ImageShape } from '../domain/model/layers';
import { meanLabels } from '../formats/datasets/labelWeights';
import { singleSampleClasses } from '../formats/datasets/classes';
import { openDataset } from '../formats/datasets/dataset';
import { holdsFeatures, type Dataset } from '../formats/datasets/imageSet';
import type { ReadingProgress } from '../formats/datasets/pictures/picture';
import { splitByClass } from '../formats/datasets/split';
import { readEncoderWeights } from '../formats/encoderWeights';
import { createBatchOrder } from '../trainer/data/order';
import { ownReader } from '../trainer/own/inPlace';

export interface Preflight {
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages: number;
  readonly classes: number;
  /** How many training samples each class has. */
  readonly counts: ClassCounts;
  /** How the run departs from its preset, and warnings, one line each. */
  readonly advice: readonly string[];
  readonly encoder: Cost;
  readonly memoryBytes: number;
  readonly freeBytes: number;
  /** What the samples are, in the plural. */
  readonly samples: 'images' | 'feature vectors';
  /** Sentences about data that can be trained on but may not be what was meant. */
  readonly notes: readonly string[];
}

const BYTES_PER_FEATURE = 4;
const NAMES_SHOWN = 3;

/**
 * Checks a configuration against its data and this machine.
 * @throws HumanError naming what does not fit and what to change
 */
export async function preflight(
  configuration: Configuration,
  onProgress?: ReadingProgress,
): Promise<Preflight> {
  const { dataset: source, seed, stage1 } = configuration;
  const dataset = await openDataset({ ...source, seed, onProgress, own: await ownReader(configuration) });
  const { train, test } = dataset;
  const split = splitByClass(train, { validationFraction: source.validationFraction, seed });
  createBatchOrder({ indices: split.train, labels: train.labels }, { ...stage1, seed });
  requirePerceptron(configuration, dataset);
  requireUsableLabels(configuration, dataset);
  requireWeights(configuration, train);
  const classes = train.classNames.length;
  const counts = countClasses({ labels: train.labels, classes }, split.train);
  const bytesPerValue = holdsFeatures(train) ? BYTES_PER_FEATURE : 1;
  const memoryBytes = estimateMemory(configuration, train, (train.count + test.count) * bytesPerValue);
  const freeBytes = freemem();
  if (memoryBytes > freeBytes) {
    throw new HumanError(
      `The run needs about ${formatBytes(memoryBytes)} of memory and ${formatBytes(freeBytes)} are free: try "stage1.batchSize" ${fittingBatchSize(configuration, train, freeBytes)}.`,
    );
  }
  return {
    trainImages: split.train.length,
    validationImages: split.validation.length,
    testImages: test.count,
    classes,
    encoder: modelCost(configuration, train, classes).encoder,
    counts,
    // What a batch can contain is told from one label a sample alone.
    advice: describeAdvice(configuration, train.labelWeights === undefined ? counts : []),
    memoryBytes,
    freeBytes,
    samples: holdsFeatures(train) ? 'feature vectors' : 'images',
    notes: [
      ...damageNotes(dataset),
      ...severalLabelsNotes(configuration, dataset),
      ...singleSampleNotes(dataset),
    ],
  };
}

/** Features have no rows and columns to convolve over. */
function requirePerceptron({ model }: Configuration, { train }: Dataset): void {
  if (holdsFeatures(train) && model.encoder !== 'mlp')
    throw new HumanError('The data set holds features: set "model.encoder" to "mlp".');
}

/** Some losses take one label a sample. */
function requireUsableLabels(configuration: Configuration, { train }: Dataset): void {
  const refusal = train.labelWeights === undefined ? undefined : severalLabelsRefusal(configuration);
  if (refusal !== undefined) throw new HumanError(refusal);
}

function severalLabelsNotes(configuration: Configuration, { train }: Dataset): string[] {
  const mean = meanLabels(train);
  return mean === undefined ? [] : [severalLabelsText(configuration, mean)];
}

/** Weights that a run starts from must be there and fit its encoder. */
function requireWeights({ model }: Configuration, image: ImageShape): void {
  if (model.weights !== '') readEncoderWeights(model.weights, encoderArchitecture(model, image));
}

/** One line for people, and one more for each note and piece of advice. */
export function describePreflight(found: Preflight): string {
  const counts = `${found.trainImages} training, ${found.validationImages} validation and ${found.testImages} test ${found.samples} of ${found.classes} classes`;
  const memory = `about ${formatBytes(found.memoryBytes)} of memory (${formatBytes(found.freeBytes)} free)`;
  return [`${counts}; ${encoderText(found.encoder)}; ${memory}`, ...found.notes, ...found.advice].join('\n');
}

function encoderText({ parameters, multiplyAdds }: Cost): string {
  if (Number.isNaN(multiplyAdds)) return 'an encoder of your own, not part of the memory estimate';
  return `an encoder of ${formatNumber(parameters)} values and ${formatNumber(multiplyAdds)} multiply-adds a view`;
}

function damageNotes({ damaged }: Dataset): string[] {
  if (damaged === undefined) return [];
  const { count, names } = damaged;
  return [`${count} damaged image${count === 1 ? ' was' : 's were'} left out: ${formatSome(names, count)}.`];
}

function singleSampleNotes({ train }: Dataset): string[] {
  const classes = singleSampleClasses(train);
  if (classes.length === 0) return [];
  const names = formatSome(classes.slice(0, NAMES_SHOWN), classes.length);
  return [
    classes.length === 1
      ? `The class ${names} has a single training sample: only its own views can be its positives.`
      : `${classes.length} classes have a single training sample (${names}): only its own views can be its positives.`,
  ];
}
