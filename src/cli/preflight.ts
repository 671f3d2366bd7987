/**
 * Looks at everything that could go wrong before a run folder exists: the data set is read whole, the batch
 * must fit the images, and the memory estimate must fit the machine.
 */
import { freemem } from 'node:os';
import { countClasses, describeAdvice } from '../domain/advice/advice';
import type { Configuration } from '../domain/configuration/schema';
import { estimateMemory, fittingBatchSize } from '../domain/cost/memory';
import { formatBytes } from '../domain/display/format';
import { HumanError } from '../domain/errors';
import { openDataset } from '../formats/datasets/dataset';
import { splitByClass } from '../formats/datasets/split';
import { createBatchOrder } from '../trainer/data/order';

export interface Preflight {
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages: number;
  readonly classes: number;
  /** How the run departs from its preset, and warnings, one line each. */
  readonly advice: readonly string[];
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
  createBatchOrder({ indices: split.train, labels: train.labels }, { ...stage1, seed });
  const classes = train.classNames.length;
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
    classes,
    advice: describeAdvice(configuration, countClasses({ labels: train.labels, classes }, split.train)),
    memoryBytes,
    freeBytes,
  };
}

/** For people: one line about data and memory, then one for each piece of advice. */
export function describePreflight(found: Preflight): string {
  return [describeData(found), ...found.advice].join('\n');
}

function describeData(found: Preflight): string {
  return (
    `${found.trainImages} training, ${found.validationImages} validation and ${found.testImages} test images of ${found.classes} classes; ` +
    `about ${formatBytes(found.memoryBytes)} of memory (${formatBytes(found.freeBytes)} free)`
  );
}
