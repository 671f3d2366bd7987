/**
 * Image sets that a module of the user's own has read: `"dataset": {"kind": "./my-data.mjs"}`. Whatever it returns is
 * checked value by value and copied into shared memory. examples/own-data.mjs is one.
 */
import { HumanError, toError } from '../../domain/errors';
import { allocateImageSet, allocateLabels, imageBytes, type ImageSet } from './imageSet';
import { allocateLabelWeights, labelsOfWeights, type SampleLabels } from './labelWeights';

/** What the module's function is given. */
export interface OwnDataGiven {
  /** "dataset.path", absolute; empty where none is set. */
  readonly path: string;
  /** The run's seed. */
  readonly seed: number;
}

/** What it returns, or promises. */
export interface OwnDataTaken {
  readonly classNames: readonly string[];
  readonly train: OwnPart;
  readonly test: OwnPart;
}

export interface OwnPart {
  readonly height: number;
  readonly width: number;
  /** 1 or 3. */
  readonly channels: number;
  /** [count, height, width, channels], row-major, 0 to 255. */
  readonly images: Uint8Array;
  /** [count], 0 to classNames.length - 1. Not needed beside `labelWeights`. */
  readonly labels?: ArrayLike<number>;
  /** For samples with several labels or soft ones: weights from 0 to 1, row-major [count, classes]. */
  readonly labelWeights?: ArrayLike<number>;
}

/** A module's function, and what sentences call it. */
export interface OwnReader {
  readonly create: (given: unknown) => unknown;
  readonly source: string;
}

/** Both parts of a set. Throws HumanError that names the module and what is wrong with what it returned. */
export async function readOwnSets(
  { create, source }: OwnReader,
  given: OwnDataGiven,
): Promise<{ train: ImageSet; test: ImageSet }> {
  const taken = (await callReader(create, given, source)) as Partial<OwnDataTaken> | undefined;
  const { classNames, train, test } = taken ?? {};
  if (!isNameList(classNames) || classNames.length < 2)
    throw wrong(source, '"classNames" must be a list of at least two texts');
  const sets = {
    train: toSet(train, { part: 'train', classNames, source }),
    test: toSet(test, { part: 'test', classNames, source }),
  };
  const size = ({ height, width, channels }: ImageSet) => `${height} x ${width} x ${channels}`;
  if (size(sets.train) !== size(sets.test))
    throw wrong(source, `training images are ${size(sets.train)} and test images ${size(sets.test)}`);
  return sets;
}

async function callReader(create: OwnReader['create'], given: OwnDataGiven, source: string) {
  try {
    return await create(given);
  } catch (thrown) {
    throw new HumanError(`${source} could not read the data: ${toError(thrown).message}`, { cause: thrown });
  }
}

interface PartSetting {
  readonly part: 'train' | 'test';
  readonly classNames: readonly string[];
  readonly source: string;
}

function toSet(value: Partial<OwnPart> | undefined, { part, classNames, source }: PartSetting): ImageSet {
  const { height = 0, width = 0, channels = 0, images } = value ?? {};
  const refuse = (what: string) => wrong(source, `"${part}" ${what}`);
  if (![height, width].every((side) => Number.isInteger(side) && side > 0) || ![1, 3].includes(channels))
    throw refuse('needs whole "height" and "width", and 1 or 3 "channels"');
  const given = value?.labelWeights ?? value?.labels;
  if (!(images instanceof Uint8Array) || given === undefined || given.length === 0)
    throw refuse('needs "images" as a Uint8Array and "labels", one an image, or "labelWeights"');
  const labelled =
    value?.labelWeights === undefined
      ? { labels: numbered(given, classNames.length, refuse) }
      : weighed(given, { part, classNames, source });
  const count = labelled.labels.length;
  const set = allocateImageSet({ count, height, width, channels, classNames, part });
  if (images.length !== set.images.length)
    throw refuse(`has ${images.length} values for ${count} images of ${imageBytes(set)}`);
  set.images.set(images);
  return { ...set, ...labelled };
}

function numbered(
  given: ArrayLike<number>,
  classes: number,
  refuse: (what: string) => HumanError,
): Int32Array<SharedArrayBuffer> {
  const odd = Array.from(given).findIndex(
    (label) => !Number.isInteger(label) || label < 0 || label >= classes,
  );
  if (odd >= 0) throw refuse(`has the label ${given[odd]} at place ${odd}, and there are ${classes} classes`);
  const labels = allocateLabels(given.length);
  labels.set(given);
  return labels;
}

function weighed(given: ArrayLike<number>, { part, classNames, source }: PartSetting): SampleLabels {
  const classes = classNames.length;
  if (given.length % classes !== 0)
    throw wrong(source, `"${part}" has ${given.length} "labelWeights", no multiple of ${classes} classes`);
  const weights = allocateLabelWeights(source, given.length / classes, classes);
  weights.set(given);
  return labelsOfWeights(weights, classes, (row) => `${source}, "${part}", image ${row},`);
}

function isNameList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function wrong(source: string, what: string): HumanError {
  return new HumanError(`${source} must return {classNames, train, test}: ${what}.`);
}
