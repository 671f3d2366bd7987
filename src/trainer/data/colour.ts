/**
 * Colour jitter, grey and normalisation as passes over an image that stays in the first-level cache. The
 * operations are torchvision's ColorJitter in the fixed order brightness, contrast, saturation, hue
 * (torchvision shuffles the order from call to call); after each, values are cut off at 0 and 1.
 */
import type { ImageAt, Normalisation } from './image';

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
/** Keeps a division by the chroma of a grey pixel, 0, finite. */
const TINY = 1e-30;
/**
 * Where the largest, the middle and the smallest part of a pixel lie, by sector of the hue: six sectors from red
 * over green and blue to red. The middle part rises in even sectors and falls in odd ones.
 */
const PLACES_OF_SECTOR = [
  [0, 1, 2],
  [1, 0, 2],
  [1, 2, 0],
  [2, 1, 0],
  [2, 0, 1],
  [0, 2, 1],
] as const;
/** The three places and the sector in one number: one look-up in place of four is a third of the time of a turn. */
const PACKED = PLACES_OF_SECTOR.map(
  ([most, middle, least], sector) => most | (middle << 2) | (least << 4) | (sector << 6),
);
/** By sector, which a turn may take once more round the wheel. */
const BY_SECTOR = Int32Array.from([...PACKED, ...PACKED, PACKED[0]]);
/** By 4 (red < green) + 2 (green < blue) + (red < blue); two of the eight contradict themselves. */
const BY_ORDER = Int32Array.from([0, 0, 5, 4, 1, 2, 0, 3], (sector) => PACKED[sector]);

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
  if (brightness !== 1 || contrast !== 1 || saturation !== 1) {
    const pivot = brighten(image, brightness);
    saturate(image, saturation, { contrast, pivot });
  }
  if (hueTurns !== 0) {
    turnHue(image, HUE_SECTORS * (hueTurns < 0 ? hueTurns + 1 : hueTurns));
  }
  const normalise = isGrey ? normaliseGrey : normaliseColours;
  normalise(image, to, affine);
}

function changeGreys(
  image: Float32Array,
  { values, offset }: ImageAt<Float32Array>,
  { brightness, contrast }: ColourChange,
  { scale, shift }: Affine,
): void {
  let sum = 0;
  for (let i = 0; i < image.length; i++) {
    image[i] = cutOff(brightness * image[i]);
    sum += image[i];
  }
  const term = (1 - contrast) * (sum / image.length);
  for (let i = 0; i < image.length; i++) {
    values[offset + i] = cutOff(contrast * image[i] + term) * scale[0] + shift[0];
  }
}

/** Multiplies every value; returns the mean luma of the result. */
function brighten(image: Float32Array, factor: number): number {
  let sum = 0;
  for (let i = 0; i < image.length; i += 3) {
    const red = cutOff(factor * image[i]);
    const green = cutOff(factor * image[i + 1]);
    const blue = cutOff(factor * image[i + 2]);
    image[i] = red;
    image[i + 1] = green;
    image[i + 2] = blue;
    sum += luma(red, green, blue);
  }
  return (3 * sum) / image.length;
}

/**
 * Moves every value away from the pivot by the contrast, then every pixel away from its own grey by the
 * saturation; a factor below 1 moves towards.
 */
function saturate(
  image: Float32Array,
  saturation: number,
  { contrast, pivot }: { contrast: number; pivot: number },
): void {
  const term = (1 - contrast) * pivot;
  for (let i = 0; i < image.length; i += 3) {
    const red = cutOff(contrast * image[i] + term);
    const green = cutOff(contrast * image[i + 1] + term);
    const blue = cutOff(contrast * image[i + 2] + term);
    const grey = (1 - saturation) * luma(red, green, blue);
    image[i] = cutOff(saturation * red + grey);
    image[i + 1] = cutOff(saturation * green + grey);
    image[i + 2] = cutOff(saturation * blue + grey);
  }
}

function normaliseColours(
  image: Float32Array,
  { values, offset }: ImageAt<Float32Array>,
  { scale, shift }: Affine,
): void {
  const [redScale, greenScale, blueScale] = scale;
  const [redShift, greenShift, blueShift] = shift;
  for (let i = 0; i < image.length; i += 3) {
    values[offset + i] = image[i] * redScale + redShift;
    values[offset + i + 1] = image[i + 1] * greenScale + greenShift;
    values[offset + i + 2] = image[i + 2] * blueScale + blueShift;
  }
}

/** As `normaliseColours`, every pixel turned to its luma on the way. */
function normaliseGrey(
  image: Float32Array,
  { values, offset }: ImageAt<Float32Array>,
  { scale, shift }: Affine,
): void {
  const [redScale, greenScale, blueScale] = scale;
  const [redShift, greenShift, blueShift] = shift;
  for (let i = 0; i < image.length; i += 3) {
    const grey = luma(image[i], image[i + 1], image[i + 2]);
    values[offset + i] = grey * redScale + redShift;
    values[offset + i + 1] = grey * greenScale + greenShift;
    values[offset + i + 2] = grey * blueScale + blueShift;
  }
}

/**
 * Turns the hue of every pixel, its value and chroma (of hue, saturation, value) being kept. Without a single
 * branch: which part of a noisy pixel is largest cannot be foreseen. The bits of floats from 0 on sort as the
 * floats do, so signs of differences of bits, packed, look up the order of the parts.
 */
function turnHue(image: Float32Array, sectors: number): void {
  const bits = new Int32Array(image.buffer, image.byteOffset, image.length);
  for (let i = 0; i < image.length; i += 3) {
    const red = bits[i];
    const green = bits[i + 1];
    const blue = bits[i + 2];
    const order = 4 * ((red - green) >>> 31) + 2 * ((green - blue) >>> 31) + ((red - blue) >>> 31);
    const before = BY_ORDER[order];
    const sector = before >> 6;
    const most = image[i + (before & 3)];
    const least = image[i + ((before >> 4) & 3)];
    const chroma = most - least;
    const way = (image[i + ((before >> 2) & 3)] - least) / (chroma + TINY);
    const hue = sectors + sector + Math.abs((sector & 1) - way);
    const whole = hue | 0;
    const after = BY_SECTOR[whole];
    image[i + (after & 3)] = most;
    image[i + ((after >> 2) & 3)] = least + chroma * Math.abs((whole & 1) - (hue - whole));
    image[i + ((after >> 4) & 3)] = least;
  }
}

function luma(red: number, green: number, blue: number): number {
  return RED_LUMA * red + GREEN_LUMA * green + BLUE_LUMA * blue;
}

function cutOff(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
