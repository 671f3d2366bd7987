/**
 * One operation of AutoAugment and RandAugment: a function from one picture of bytes to another of the same size.
 * The operations are those of the Python Imaging Library (PIL), on which both papers ran; each docstring gives the
 * definition, and `magnitudes.ts` what a level from 0 to 10 means to it.
 */
import type { ImageSize } from '../image';

/** Names as in arXiv 1805.09501, table 6, and SolarizeAdd of the published code. */
export const OPERATION_NAMES = [
  'ShearX',
  'ShearY',
  'TranslateX',
  'TranslateY',
  'Rotate',
  'AutoContrast',
  'Invert',
  'Equalize',
  'Solarize',
  'SolarizeAdd',
  'Posterize',
  'Contrast',
  'Color',
  'Brightness',
  'Sharpness',
  'Cutout',
] as const;

export type OperationName = (typeof OPERATION_NAMES)[number];

/** An operation with everything that chance decides about it. */
export interface PlannedOperation {
  readonly name: OperationName;
  /** In the operation's own unit, sign included; 0 where it takes none. */
  readonly argument: number;
  /** The pixel around which Cutout cuts; [0, 0] for every other operation. */
  readonly centre: readonly [row: number, column: number];
}

/** Where an operation reads and writes: two images [height, width, channels] that do not overlap. */
export interface Pixels {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly size: ImageSize;
  /** For one number a level, [256]. */
  readonly counts: Int32Array;
}

/** Writes every value of `to`. */
export type OperationKernel = (pixels: Pixels, operation: PlannedOperation) => void;

/** What stands where an operation has moved the picture away, and in cut-outs: the grey of the published code. */
export const FILL = 128;
export const LEVELS = 256;
export const WHITE = LEVELS - 1;
