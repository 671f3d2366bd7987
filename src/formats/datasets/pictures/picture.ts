/**
 * Image files before and after decoding. A list names them with their labels, wherever they come from (folders, an
 * index); a pool holds all of them at one size, training pictures first.
 */
import type { DamagedImages } from '../imageSet';

/** One encoded image. */
export interface Picture {
  /** What sentences and the cache call it, for example its path below the source. */
  readonly name: string;
  /** 0 to classNames.length - 1. */
  readonly label: number;
  readonly part: 'train' | 'test';
  /** The path of its file, or the file's bytes. */
  readonly content: string | Uint8Array;
  /** Changes when the content does. */
  readonly stamp: string;
}

/** Every image of a source, training images first. */
export interface PictureList {
  /** What sentences call the source. */
  readonly source: string;
  readonly classNames: readonly string[];
  readonly pictures: readonly Picture[];
  /** Where pictures have several labels each: weights, row-major [pictures, classes]. */
  readonly labelWeights?: Float32Array | undefined;
  /** Without parts of its own every picture is `train`, and a test set must be put aside. */
  readonly hasParts: boolean;
}

/** How pictures become samples of one shape. */
export interface DecodeOptions {
  /** Side in pixels; 0 chooses it. */
  readonly imageSize: number;
  readonly resize: 'crop' | 'stretch';
  readonly colour: 'auto' | 'grey' | 'colour';
}

/** The shape that every picture of a pool is brought to. */
export interface PictureForm {
  /** Height and width in pixels. */
  readonly side: number;
  readonly channels: 1 | 3;
  readonly resize: 'crop' | 'stretch';
}

/** Decoded pictures in the order of their list, damaged ones left out. */
export interface PicturePool {
  /** [count, side, side, channels], row-major, 0 to 255. */
  readonly images: Uint8Array<SharedArrayBuffer>;
  /** [count]. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** As in the list, [count, classes]. */
  readonly labelWeights?: Float32Array<SharedArrayBuffer> | undefined;
  /** How many of them, the first ones, are for training. */
  readonly trainCount: number;
  readonly side: number;
  readonly channels: number;
  readonly damaged: DamagedImages;
}

/** Told now and then how many images of how many are done. */
export type ReadingProgress = (done: number, total: number) => void;
