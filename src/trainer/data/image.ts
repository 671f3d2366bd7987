/** One image in a flat array: where it lies, how large it is, how its values are normalised. */

/** Size of an image in pixels, and its channels (1 or 3). */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Per-channel mean and standard deviation, in pixel values scaled to 0-1. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** One image inside a larger array. */
export interface ImageAt<T> {
  readonly values: T;
  readonly offset: number;
}
