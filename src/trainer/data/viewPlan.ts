/**
 * What is left to chance about one view, drawn before any arithmetic, always in the same order: box, flip, grey,
 * colour, operations, warp, blur. What is switched off draws nothing, so that it does not move what follows.
 */
import type { RandomStream } from '../../domain/random/stream';
import { NO_COLOUR_CHANGE, type ColourChange } from './colour';
import type { CropBox } from './crop';
import type { ImageSize } from './image';
import { planAutoAugment, type AutoAugmentOptions } from './operations/autoAugment';
import type { PlannedOperation } from './operations/operation';
import { planRandAugment, type RandAugmentOptions } from './operations/randAugment';
import { planWarp, type WarpPlan } from './warp';

/** Which views are drawn. Probabilities go from 0 to 1. */
export interface AugmentationOptions {
  /** Random resized crop to the image's own size; `area` is the range of its share of the image. */
  readonly crop: { readonly area: readonly [number, number] } | null;
  /** Probability of a horizontal flip. */
  readonly flip: number;
  /** Factors are drawn from [1 - x, 1 + x], hue from [-x, x] turns of the colour wheel. */
  readonly jitter: {
    readonly probability: number;
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly hue: number;
  } | null;
  /** Probability of turning grey. */
  readonly grey: number;
  /** AutoAugment or RandAugment, after the colour jitter and before grey. */
  readonly operations: AutoAugmentOptions | RandAugmentOptions | null;
  /** Probability of a warp. */
  readonly warp: number;
  /** Gaussian blur; `sigma` is the range of its standard deviation in pixels. */
  readonly blur: { readonly probability: number; readonly sigma: readonly [number, number] } | null;
}

/** Everything that chance decides about one view. */
export interface ViewPlan {
  readonly box: CropBox;
  readonly flipped: boolean;
  readonly colour: ColourChange;
  readonly operations: readonly PlannedOperation[];
  readonly warp: WarpPlan | null;
  /** Standard deviation of the blur in pixels, or null for none. */
  readonly blur: number | null;
}

/** Aspect ratios of a crop; its logarithm is uniform, as in torchvision's RandomResizedCrop. */
const ASPECT_RATIO = { low: 3 / 4, high: 4 / 3 };
const CROP_ATTEMPTS = 10;
const NO_OPERATIONS: readonly PlannedOperation[] = [];

/** Decides one view by chance. */
export function planView(random: RandomStream, options: AugmentationOptions, size: ImageSize): ViewPlan {
  return {
    box: options.crop === null ? wholeImage(size) : drawBox(random, options.crop.area, size),
    flipped: random.uniform() < options.flip,
    colour: drawColourChange(random, options),
    operations: drawOperations(random, options, size),
    warp: options.warp > 0 && random.uniform() < options.warp ? planWarp(random, size) : null,
    blur: drawBlur(random, options),
  };
}

function drawOperations(
  random: RandomStream,
  { operations }: AugmentationOptions,
  size: ImageSize,
): readonly PlannedOperation[] {
  switch (operations?.kind) {
    case undefined:
      return NO_OPERATIONS;
    case 'auto':
      return planAutoAugment(random, operations, size);
    case 'rand':
      return planRandAugment(random, operations, size);
  }
}

function drawBlur(random: RandomStream, { blur }: AugmentationOptions): number | null {
  return blur !== null && random.uniform() < blur.probability ? random.between(...blur.sigma) : null;
}

function wholeImage({ height, width }: ImageSize): CropBox {
  return { top: 0, left: 0, height, width };
}

/** torchvision's procedure: ten attempts, then the largest central box of an allowed aspect ratio. */
function drawBox(random: RandomStream, area: readonly [number, number], size: ImageSize): CropBox {
  const { height, width } = size;
  for (let attempt = 0; attempt < CROP_ATTEMPTS; attempt++) {
    const target = height * width * random.between(area[0], area[1]);
    const ratio = Math.exp(random.between(Math.log(ASPECT_RATIO.low), Math.log(ASPECT_RATIO.high)));
    const boxWidth = Math.round(Math.sqrt(target * ratio));
    const boxHeight = Math.round(Math.sqrt(target / ratio));
    if (boxWidth >= 1 && boxWidth <= width && boxHeight >= 1 && boxHeight <= height) {
      const top = random.integer(height - boxHeight + 1);
      return { top, left: random.integer(width - boxWidth + 1), height: boxHeight, width: boxWidth };
    }
  }
  return centralBox(size);
}

function centralBox({ height, width }: ImageSize): CropBox {
  const boxWidth = Math.min(width, Math.max(1, Math.round(height * ASPECT_RATIO.high)));
  const boxHeight = Math.min(height, Math.max(1, Math.round(width / ASPECT_RATIO.low)));
  return {
    top: Math.floor((height - boxHeight) / 2),
    left: Math.floor((width - boxWidth) / 2),
    height: boxHeight,
    width: boxWidth,
  };
}

function drawColourChange(random: RandomStream, { jitter, grey }: AugmentationOptions): ColourChange {
  const isGrey = random.uniform() < grey;
  if (jitter === null || random.uniform() >= jitter.probability) {
    return { ...NO_COLOUR_CHANGE, isGrey };
  }
  return {
    brightness: drawFactor(random, jitter.brightness),
    contrast: drawFactor(random, jitter.contrast),
    saturation: drawFactor(random, jitter.saturation),
    hueTurns: random.between(-jitter.hue, jitter.hue),
    isGrey,
  };
}

function drawFactor(random: RandomStream, spread: number): number {
  return random.between(Math.max(0, 1 - spread), 1 + spread);
}
