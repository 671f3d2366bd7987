/**
 * The shapes that every labelled set is read into: images of one size as bytes, or features as float32. Samples
 * and labels lie in shared memory, so worker threads see them without a copy.
 */
import type { ModulePath } from '../../domain/configuration/modulePath';
import { HumanError } from '../../domain/errors';

/** What image and feature sets have in common. */
export interface LabelledSet {
  /** [count], 0 to classNames.length - 1. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /**
   * Where samples have several labels or soft ones: how much each class applies, row-major [count, classes], 0 to 1.
   * `labels` then holds the heaviest of each row, the first of equals.
   */
  readonly labelWeights?: Float32Array<SharedArrayBuffer> | undefined;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Images: 1 (grey) or 3 (red, green, blue). Features: their number d, height and width being 1. */
  readonly channels: number;
  readonly classNames: readonly string[];
  /** `train` or `test`: the first part of every sample id. */
  readonly part: 'train' | 'test';
}

/** Labelled images of one size. */
export interface ImageSet extends LabelledSet {
  /** [count, height, width, channels], row-major, 0 to 255. */
  readonly images: Uint8Array<SharedArrayBuffer>;
}

/** Labelled feature vectors, for example the output of another encoder. */
export interface FeatureSet extends LabelledSet {
  /** [count, channels], row-major, finite, in whatever unit they came. */
  readonly values: Float32Array<SharedArrayBuffer>;
}

/** Either kind of set. */
export type SampleSet = ImageSet | FeatureSet;

/** The kinds of data set that can be opened. */
export const DATASET_KINDS = [
  'generated',
  'idx',
  'cifar-10',
  'cifar-100',
  'folders',
  'index',
  'arrays',
] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];

/** A training and a test set with the same shape and classes. */
export interface TrainAndTest<Samples extends SampleSet = SampleSet> {
  readonly train: Samples;
  readonly test: Samples;
}

/** Image files that could not be decoded and were left out. */
export interface DamagedImages {
  readonly count: number;
  /** The first few, as the source names them. */
  readonly names: readonly string[];
}

/** An opened data set. */
export interface Dataset extends TrainAndTest {
  readonly kind: DatasetKind | ModulePath;
  /** SHA-256, in hexadecimal, over shapes, labels and values of both parts. */
  readonly contentHash: string;
  /** Absent where nothing was left out. */
  readonly damaged?: DamagedImages;
}

/** What an empty set needs to know before it is filled. */
export interface ImageSetShape {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classNames: readonly string[];
  readonly part: 'train' | 'test';
}

/** A black image set in shared memory, every label 0, to be filled by a reader. */
export function allocateImageSet(shape: ImageSetShape): ImageSet {
  const bytes = shape.count * imageBytes(shape);
  return {
    ...shape,
    images: new Uint8Array(new SharedArrayBuffer(bytes)),
    labels: allocateLabels(shape.count),
  };
}

/** A feature set in shared memory, every value and label 0, to be filled by a reader. */
export function allocateFeatureSet(shape: Omit<ImageSetShape, 'height' | 'width'>): FeatureSet {
  const bytes = shape.count * shape.channels * Float32Array.BYTES_PER_ELEMENT;
  return {
    ...shape,
    height: 1,
    width: 1,
    values: new Float32Array(new SharedArrayBuffer(bytes)),
    labels: allocateLabels(shape.count),
  };
}

/** Labels in shared memory, all 0. */
export function allocateLabels(count: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

/** Whether a set holds features in place of images. */
export function holdsFeatures(set: SampleSet): set is FeatureSet {
  return 'values' in set;
}

/** The set as images. Throws HumanError, naming what needs them, if it holds features. */
export function requireImages(set: SampleSet, purpose: string): ImageSet {
  if (holdsFeatures(set)) {
    throw new HumanError(`${purpose} needs images and the data set holds features: switch it off.`);
  }
  return set;
}

/** Values of one sample; of an image its bytes, too. */
export function imageBytes(set: { height: number; width: number; channels: number }): number {
  return set.height * set.width * set.channels;
}

/** The lasting name of a sample, for example `train/12`: its part and its place in the source's own order. */
export function sampleId(set: LabelledSet, index: number): string {
  return `${set.part}/${index}`;
}

const SAMPLE_ID = /^(train|test)\/(\d{1,9})$/;

/** The image that a lasting name means; undefined for a name of another kind or a place beyond the set. */
export function findSample(
  id: string,
  sets: TrainAndTest<ImageSet>,
): { readonly set: ImageSet; readonly index: number } | undefined {
  const match = SAMPLE_ID.exec(id);
  if (match === null) return undefined;
  const set = match[1] === 'test' ? sets.test : sets.train;
  const index = Number(match[2]);
  return index < set.count ? { set, index } : undefined;
}
