/**
 * Images or features from NumPy arrays. Images are [N, height, width] or [N, height, width, 1 or 3]: whole numbers
 * from 0 to 255, or floats from 0 to 1 or from 0 to 255. Features are [N, d], any numbers. Labels are [N] or [N, 1],
 * whole numbers or text; or [N, classes], the indicator matrix of scikit-learn's MultiLabelBinarizer and one_hot of
 * deep learning libraries: 0 or 1, or soft weights between. Its classes are called by their columns.
 */
import { HumanError } from '../../domain/errors';
import { openArrays, type ArrayFile } from '../arrays/arrayFiles';
import { npyLength, type NpyArray } from '../arrays/npy';
import { copyNumbers, isPlainBytes, readNames } from '../arrays/npyValues';
import { findArrays, type ArrayPair } from './arrayNames';
import { checkClasses, labelsOf, refuseCount, sortClassNames } from './classes';
import { visibleEntries } from './contentFolder';
import {
  allocateFeatureSet,
  allocateImageSet,
  holdsFeatures,
  imageBytes,
  type SampleSet,
  type TrainAndTest,
} from './imageSet';
import { allocateLabelWeights, chooseWeights, labelsOfWeights, type SampleLabels } from './labelWeights';
import { divideForTest } from './split';

/** How arrays become a set. */
export interface ArrayOptions {
  /** Names of the arrays; empty for the usual ones. */
  readonly arrays: string;
  /** Share put aside as the test set of a file without one. */
  readonly testFraction: number;
  readonly seed: number;
}

/** Samples with the names of their classes, before labels are numbered, or with a matrix of their weights. */
interface NamedSamples {
  readonly samples: NpyArray;
  readonly labels: NpyArray;
  /** Empty where there is a matrix. */
  readonly names: readonly string[];
}

const LARGEST_PIXEL = 255;

/** Reads both parts. Throws HumanError that names the array and what is wrong with it. */
export async function readArrays(path: string, options: ArrayOptions): Promise<TrainAndTest> {
  const file = await openArrays(
    path,
    visibleEntries(path).map(({ name }) => name),
  );
  const roles = findArrays(path, file.names, options.arrays);
  const train = await readPair(file, roles.train);
  const test = roles.test && (await readPair(file, roles.test));
  const classNames = classNamesOf(train);
  refuseCount(path, classNames.length);
  const whole = toSet(train, 'train', classNames);
  const sets =
    test === undefined ? divide(whole, options) : { train: whole, test: toSet(test, 'test', classNames) };
  checkSameShape(path, sets);
  checkClasses(path, sets);
  return sets;
}

async function readPair(file: ArrayFile, pair: ArrayPair): Promise<NamedSamples> {
  const samples = await file.read(pair.samples);
  const labels = await file.read(pair.labels);
  checkSamples(samples);
  if (labels.shape.length !== 1 && labels.shape.length !== 2) {
    throw new HumanError(
      `${labels.name} has the shape ${labels.shape.join(' x ')}: labels must be one number or name per sample, or one weight per sample and class.`,
    );
  }
  if (labels.shape[0] !== samples.shape[0]) {
    throw new HumanError(
      `${labels.name} has ${labels.shape[0]} labels and ${samples.name} has ${samples.shape[0]} samples: give arrays that belong together.`,
    );
  }
  return { samples, labels, names: isMatrix(labels) ? [] : readNames(labels) };
}

/** Whether labels are weights, [N, classes]. */
function isMatrix({ shape }: NpyArray): boolean {
  return shape.length === 2 && shape[1] !== 1;
}

function classNamesOf({ labels, names }: NamedSamples): string[] {
  return isMatrix(labels)
    ? Array.from({ length: labels.shape[1] }, (_, column) => String(column))
    : sortClassNames(names);
}

function checkSamples({ name, shape }: NpyArray): void {
  if (npyLength({ shape }) === 0) {
    throw new HumanError(`${name} is empty (its shape is ${shape.join(' x ')}): give an array with samples.`);
  }
  const [, first, , channels = 1] = shape;
  if (shape.length === 4 && ![1, 3].includes(channels) && [1, 3].includes(first)) {
    throw new HumanError(
      `${name} has the shape ${shape.join(' x ')} with the channels before the pixels: save it as numpy's transpose(0, 2, 3, 1).`,
    );
  }
  if (shape.length < 2 || ![1, 3].includes(channels)) {
    throw new HumanError(
      `${name} has the shape ${shape.join(' x ')}: images must be [count, height, width] or [count, height, width, 1 or 3], features [count, d].`,
    );
  }
}

function toSet(named: NamedSamples, part: 'train' | 'test', classNames: readonly string[]): SampleSet {
  const { samples } = named;
  const [count, height, width, channels = 1] = samples.shape;
  const labels = isMatrix(named.labels) ? weighed(named, classNames) : numbered(named, classNames);
  if (samples.shape.length === 2) {
    const set = allocateFeatureSet({ count, channels: height, classNames, part });
    copyNumbers(samples, set.values);
    checkFinite(samples, set.values);
    return { ...set, ...labels };
  }
  const set = allocateImageSet({ count, height, width, channels, classNames, part });
  copyPixels(samples, set.images);
  return { ...set, ...labels };
}

function numbered({ samples, names }: NamedSamples, classNames: readonly string[]): SampleLabels {
  const labels = labelsOf(names, classNames);
  const unknown = labels.indexOf(-1);
  if (unknown >= 0) {
    throw new HumanError(
      `${samples.name} has the class ${names[unknown]} at sample ${unknown}, which has no training sample: give arrays that belong together.`,
    );
  }
  return { labels };
}

function weighed(
  { labels: { name, shape }, labels }: NamedSamples,
  classNames: readonly string[],
): SampleLabels {
  const [count, classes] = shape;
  if (classes !== classNames.length) {
    throw new HumanError(
      `${name} has weights for ${classes} classes and there are ${classNames.length}: give arrays that belong together.`,
    );
  }
  const weights = allocateLabelWeights(name, count, classes);
  copyNumbers(labels, weights);
  return labelsOfWeights(weights, classes, (row) => `${name}, sample ${row},`);
}

function checkFinite({ name, shape: [, width] }: NpyArray, values: Float32Array): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new HumanError(
      `${name} has the value ${values[wrong]} at sample ${Math.floor(wrong / width)}: replace what is not finite.`,
    );
  }
}

function copyPixels(array: NpyArray, into: Uint8Array): void {
  if (isPlainBytes(array) && array.kind === 'u') {
    into.set(array.data);
    return;
  }
  const values = new Float32Array(into.length);
  copyNumbers(array, values);
  const { least, largest } = rangeOf(values);
  if (!(least >= 0 && largest <= LARGEST_PIXEL)) {
    throw new HumanError(
      `${array.name} has values from ${least} to ${largest}: images must be from 0 to 1 or from 0 to 255, not normalised.`,
    );
  }
  const isUnitScaled = array.kind === 'b' || (array.kind === 'f' && largest <= 1);
  const factor = isUnitScaled ? LARGEST_PIXEL : 1;
  for (let i = 0; i < values.length; i++) into[i] = Math.round(values[i] * factor);
}

/** Not a number, once met, stays. */
function rangeOf(values: Float32Array): { least: number; largest: number } {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return { least, largest };
}

function divide(whole: SampleSet, options: ArrayOptions): TrainAndTest {
  const { kept, aside } = divideForTest(whole, options);
  return { train: choose(whole, kept, 'train'), test: choose(whole, aside, 'test') };
}

/** A copy of the chosen samples. */
function choose(set: SampleSet, indices: Int32Array, part: 'train' | 'test'): SampleSet {
  const { height, width, channels, classNames } = set;
  const shape = { count: indices.length, height, width, channels, classNames, part };
  const size = imageBytes(set);
  const labelWeights = chooseWeights(set.labelWeights, indices, classNames.length);
  if (holdsFeatures(set)) {
    const chosen = allocateFeatureSet(shape);
    copyRows(set.values, chosen.values, { indices, size });
    copyRows(set.labels, chosen.labels, { indices, size: 1 });
    return { ...chosen, labelWeights };
  }
  const chosen = allocateImageSet(shape);
  copyRows(set.images, chosen.images, { indices, size });
  copyRows(set.labels, chosen.labels, { indices, size: 1 });
  return { ...chosen, labelWeights };
}

function copyRows<T extends Uint8Array | Float32Array | Int32Array>(
  from: T,
  to: T,
  { indices, size }: { indices: Int32Array; size: number },
): void {
  indices.forEach((source, place) => {
    to.set(from.subarray(source * size, (source + 1) * size), place * size);
  });
}

function checkSameShape(path: string, { train, test }: TrainAndTest): void {
  const shapeOf = (set: SampleSet): string => `${set.height} x ${set.width} x ${set.channels}`;
  if (shapeOf(train) !== shapeOf(test) || holdsFeatures(train) !== holdsFeatures(test)) {
    throw new HumanError(
      `${path} has test samples of ${shapeOf(test)} and training samples of ${shapeOf(train)}: give arrays that belong together.`,
    );
  }
}
