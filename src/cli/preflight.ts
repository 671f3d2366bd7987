/**
 * Looks at everything that could go wrong before a run folder exists: the data set is read whole, the batch
 * must fit the images, weights to start from must fit the encoder, and the memory estimate the machine.
 */
import { freemem } from 'node:os';
import type { Configuration } from '../domain/configuration/schema';
import { estimateMemory, fittingBatchSize } from '../domain/cost/memory';
import type { Cost } from '../domain/cost/operations';
import { modelCost } from '../domain/cost/operations';
import { formatBytes, formatNumber } from '../domain/display/format';
import { HumanError } from '../domain/errors';
import { encoderArchitecture } from '../domain/model/encoder';
import type { ImageShape } from '../domain/model/layers';
import { openDataset } from '../formats/datasets/dataset';
import { splitByClass } from '../formats/datasets/split';
import { readEncoderWeights } from '../formats/encoderWeights';

export interface Preflight {
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages: number;
  readonly classes: number;
  readonly encoder: Cost;
  readonly memoryBytes: number;
  readonly freeBytes: number;
}

/**
 * Checks a configuration against its data and this machine.
 * @throws HumanError naming what does not fit and what to change
 */
export async function preflight(configuration: Configuration): Promise<Preflight> {
  const { dataset: source, seed, stage1 } = configuration;
  const { train, test } = await openDataset({ ...source, seed });
  const split = splitByClass(train, { validationFraction: source.validationFraction, seed });
  if (split.train.length < stage1.batchSize) {
    throw new HumanError(
      `The train split has ${split.train.length} images, fewer than one batch: set "stage1.batchSize" (now ${stage1.batchSize}) to at most ${split.train.length}.`,
    );
  }
  requireWeights(configuration, train);
  const memoryBytes = estimateMemory(configuration, train, train.count + test.count);
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
    classes: train.classNames.length,
    encoder: modelCost(configuration, train, train.classNames.length).encoder,
    memoryBytes,
    freeBytes,
  };
}

/** Weights that a run starts from must be there and fit its encoder. */
function requireWeights({ model }: Configuration, image: ImageShape): void {
  if (model.weights !== '') readEncoderWeights(model.weights, encoderArchitecture(model, image));
}

/** One line for people. */
export function describePreflight(found: Preflight): string {
  return (
    `${found.trainImages} training, ${found.validationImages} validation and ${found.testImages} test images of ${found.classes} classes; ` +
    `an encoder of ${formatNumber(found.encoder.parameters)} values and ${formatNumber(found.encoder.multiplyAdds)} multiply-adds a view; ` +
    `about ${formatBytes(found.memoryBytes)} of memory (${formatBytes(found.freeBytes)} free)`
  );
}
