/**
 * Colour jitter, grey and normalisation as passes over an image that stays in the first-level cache. The
 * operations are torchvision's ColorJitter in the fixed order brightness, contrast, saturation, hue
 * (torchvision shuffles the order from call to call); after each, values are cut off at 0 and 1.
 */
import type { ImageAt, Normalisation } from './augmentation';

/** Factors of 1, no turn and not grey leave an image as it is. */
export interface ColourChange {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Turn of the hue, -0.5 to 0.5. */
  readonly hueTurns: number;
  readonly isGrey: boolean;
}

export const NO_COLOUR_CHANGE: ColourChange = {
  brightness: 1,
  contrast: 1,
  saturation: 1,
  hueTurns: 0,
  isGrey: false,
};

/** Changes an image with values 0-1 and writes it normalised; overwrites `from`. */
export type ColourKernel = (from: Float32Array, to: ImageAt<Float32Array>, change: ColourChange) => void;

/** Luma weights of ITU-R BT.601, as torchvision rounds them. */
const RED_LUMA = 0.2989;
const GREEN_LUMA = 0.587;
const BLUE_LUMA = 0.114;
const HUE_SECTORS = 6;
/** In each of the six sectors, which channel holds the largest, the middle and the smallest part. */
const MOST_AT = Uint8Array.of(0, 1, 1, 2, 2, 0);
const MIDDLE_AT = Uint8Array.of(1, 0, 2, 1, 0, 2);
const LEAST_AT = Uint8Array.of(2, 2, 0, 0, 1, 1);

/** Normalisation as one multiplication and one addition per value. */
interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** A colour kernel for images of 1 or 3 channels; with 1, saturation, hue and grey change nothing. */
export function createColourKernel(channels: number, { mean, deviation }: Normalisation): ColourKernel {
  const affine = {
    scale: Float64Array.from(deviation, (d) => 1 / d),
    shift: Float64Array.from(mean, (m, i) => -m / deviation[i]),
  };
  const kernel = channels === 3 ? changeColours : changeGreys;
  return (from, to, change) => kernel(from, to, change, affine);
}

function changeColours(
  image: Float32Array,
  to: ImageAt<Float32Array>,
  { brightness, contrast, saturation, hueTurns, isGrey }: ColourChange,
  affine: Affine,
): void {
  if (brightness !== 1) {
    brighten(image, brightness);
  }
  if (contrast !== 1) {
    stretchAround(image, contrast, meanLuma(image));
  }
  if (saturation !== 1) {
    saturate(image, saturation);
  }
  if (hueTurns !== 0) {
    turnHue(image, HUE_SECTORS * hueTurns);
  }
  if (isGrey) {
    saturate(image, 0);
  }
  for (let channel = 0; channel < 3; channel++) {
    normalise(image, to, affine, { channel, channels: 3 });
  }
}

function changeGreys(
  image: Float32Array,
  to: ImageAt<Float32Array>,
  { brightness, contrast }: ColourChange,
  affine: Affine,
): void {
  if (brightness !== 1) {
    brighten(image, brightness);
  }
  if (contrast !== 1) {
    stretchAround(image, contrast, mean(image));
  }
  normalise(image, to, affine, { channel: 0, channels: 1 });
}

function normalise(
  from: Float32Array,
  { values, offset }: ImageAt<Float32Array>,
  { scale, shift }: Affine,
  { channel, channels }: { channel: number; channels: number },
): void {
  const factor = scale[channel];
  const term = shift[channel];
  for (let i = channel; i < from.length; i += channels) {
    values[offset + i] = from[i] * factor + term;
  }
}

function brighten(image: Float32Array, factor: number): void {
  for (let i = 0; i < image.length; i++) {
    image[i] = cutOff(factor * image[i]);
  }
}

/** Moves every value away from the pivot, or towards it for a factor below 1. */
function stretchAround(image: Float32Array, factor: number, pivot: number): void {
  const term = (1 - factor) * pivot;
  for (let i = 0; i < image.length; i++) {
    image[i] = cutOff(factor * image[i] + term);
  }
}

/** Moves every pixel away from its own grey; a factor of 0 leaves only the grey. */
function saturate(image: Float32Array, factor: number): void {
  for (let i = 0; i < image.length; i += 3) {
    const grey = (1 - factor) * luma(image[i], image[i + 1], image[i + 2]);
    image[i] = cutOff(factor * image[i] + grey);
    image[i + 1] = cutOff(factor * image[i + 1] + grey);
    image[i + 2] = cutOff(factor * image[i + 2] + grey);
  }
}

/** Turns the hue of every pixel, its value and chroma (of hue, saturation, value) being kept. */
function turnHue(image: Float32Array, sectors: number): void {
  for (let i = 0; i < image.length; i += 3) {
    const red = image[i];
    const green = image[i + 1];
    const blue = image[i + 2];
    const most = larger(larger(red, green), blue);
    const chroma = most + larger(larger(-red, -green), -blue);
    if (chroma > 0) {
      const hue = wrap(hueOf({ red, green, blue }, most, chroma) + sectors);
      const sector = Math.trunc(hue);
      const way = chroma * (hue - sector);
      image[i + MOST_AT[sector]] = most;
      image[i + MIDDLE_AT[sector]] = sector % 2 === 0 ? most - chroma + way : most - way;
      image[i + LEAST_AT[sector]] = most - chroma;
    }
  }
}

function meanLuma(image: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < image.length; i += 3) {
    sum += luma(image[i], image[i + 1], image[i + 2]);
  }
  return (3 * sum) / image.length;
}

function mean(image: Float32Array): number {
  let sum = 0;
  for (const value of image) {
    sum += value;
  }
  return sum / image.length;
}

function luma(red: number, green: number, blue: number): number {
  return RED_LUMA * red + GREEN_LUMA * green + BLUE_LUMA * blue;
}

/** Hue in sectors, 0 red, 2 green, 4 blue, between -1 and 5. */
function hueOf(
  { red, green, blue }: { red: number; green: number; blue: number },
  most: number,
  chroma: number,
): number {
  if (red === most) {
    return (green - blue) / chroma;
  }
  return green === most ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
}

/** Into [0, 6), from at most one turn beyond. */
function wrap(sectors: number): number {
  return sectors < 0 ? sectors + HUE_SECTORS : sectors >= HUE_SECTORS ? sectors - HUE_SECTORS : sectors;
}

/** Comparisons instead of Math.max, which is slower for it must respect NaN and -0. */
function larger(a: number, b: number): number {
  return a > b ? a : b;
}

function cutOff(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
