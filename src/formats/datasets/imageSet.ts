/**
 * The one shape that every labelled image set is read into. Pixels and labels lie in shared memory, so
 * worker threads see them without a copy.
 */

/** Labelled images of one size. */
export interface ImageSet {
  /** [count, height, width, channels], row-major, 0 to 255. */
  readonly images: Uint8Array<SharedArrayBuffer>;
  /** [count], 0 to classNames.length - 1. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: number;
  readonly classNames: readonly string[];
  /** `train` or `test`: the first part of every sample id. */
  readonly part: 'train' | 'test';
}

/** The kinds of image set that can be opened. */
export const DATASET_KINDS = ['generated', 'idx', 'cifar-10'] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];

/** A training and a test set with the same image size and classes. */
export interface Dataset {
  readonly kind: DatasetKind;
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** SHA-256, in hexadecimal, over shapes, labels and pixels of both parts. */
  readonly contentHash: string;
}

/** What an empty image set needs to know before it is filled. */
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
    labels: new Int32Array(new SharedArrayBuffer(shape.count * Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** Bytes, and values, of one image. */
export function imageBytes(set: { height: number; width: number; channels: number }): number {
  return set.height * set.width * set.channels;
}

/** The lasting name of a sample, for example `train/12`: its part and its place in the source's own order. */
export function sampleId(set: ImageSet, index: number): string {
  return `${set.part}/${index}`;
}
