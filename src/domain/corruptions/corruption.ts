/**
 * Corruptions of images after ImageNet-C and CIFAR-10-C (Hendrycks and Dietterich, ICLR 2019, arXiv 1903.12261): how
 * well does an encoder see through noise, blur, weather and coding that it was not trained on? Pure arithmetic on
 * images 0-1; the parameters are for images of 32 pixels, and lengths grow with the shorter side.
 */
import { PURPOSE, type RandomStream } from '../random/stream';

/** From the weakest, 1, to the strongest. */
export const SEVERITIES = [1, 2, 3, 4, 5] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FAMILIES = ['noise', 'blur', 'weather', 'digital'] as const;
export type Family = (typeof FAMILIES)[number];

/** Size of an image [height, width, channels] in pixels, and its channels (1 or 3). */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** An image with values 0-1, [height, width, channels]. */
export interface Picture extends PictureSize {
  readonly values: Float32Array;
}

/** How an image is corrupted. */
export interface CorruptionRequest {
  readonly size: PictureSize;
  readonly severity: Severity;
  readonly random: RandomStream;
}

/** One kind of corruption. */
export interface Corruption {
  readonly name: string;
  readonly family: Family;
  /**
   * Where the parameters come from: the public code of CIFAR-10-C with the same procedure; the same numbers with a
   * procedure of our own that looks like it; or our own calibration.
   */
  readonly parameters: 'published' | 'like' | 'calibrated';
  /** Changes nothing in an image of one channel. */
  readonly needsColour: boolean;
  /** Writes the corrupted image; both [height, width, channels], 0 to 255. */
  readonly apply: (from: Uint8Array, to: Uint8Array, request: CorruptionRequest) => void;
}

/** The arithmetic of a corruption: new values, which may leave 0-1 and are then cut off. */
export type CorruptionKernel = (picture: Picture, severity: Severity, random: RandomStream) => Float32Array;

/** What a family's file says of one corruption. */
export interface CorruptionDefinition {
  readonly name: string;
  readonly parameters: Corruption['parameters'];
  readonly needsColour?: true;
  readonly kernel: CorruptionKernel;
}

const WHITE = 255;
const PUBLISHED_SIDE = 32;

/** Makes a corruption of bytes from its arithmetic on 0-1; results are rounded to the nearest byte. */
export function createCorruption(
  family: Family,
  { name, parameters, needsColour, kernel }: CorruptionDefinition,
): Corruption {
  return {
    name,
    family,
    parameters,
    needsColour: needsColour ?? false,
    apply(from, to, { size, severity, random }) {
      const { height, width, channels } = size;
      const values = Float32Array.from(from, (value) => value / WHITE);
      const changed = kernel({ values, height, width, channels }, severity, random);
      for (let i = 0; i < to.length; i++) to[i] = Math.round(WHITE * Math.min(1, Math.max(0, changed[i])));
    },
  };
}

/** The keys of the random stream of one corrupted sample; `place` is the corruption's in the list. */
export function corruptionKeys(
  seed: number,
  place: number,
  { severity, sample }: { readonly severity: Severity; readonly sample: number },
): [number, number, number, number, number] {
  return [seed, PURPOSE.corruption, place, severity, sample];
}

type Five = readonly [unknown, unknown, unknown, unknown, unknown];

/** The parameter of a severity out of five. */
export function atSeverity<Parameters extends Five>(
  five: Parameters,
  severity: Severity,
): Parameters[number] {
  return five[severity - 1];
}

/** A length given for a side of 32 pixels, in pixels of this picture. */
export function scaled(length: number, { height, width }: PictureSize): number {
  return (length * Math.min(height, width)) / PUBLISHED_SIDE;
}

/** Applies a function to each value. */
export function mapValues({ values }: Picture, change: (value: number) => number): Float32Array {
  return values.map(change);
}
