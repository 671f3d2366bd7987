/**
 * Random views of an image: random resized crop, horizontal flip, colour jitter, grey, then normalisation.
 * What is left to chance is drawn first, from the view's own random stream; the kernels that follow are
 * plain arithmetic. So a view is a pure function of (image, seed, epoch, sample, view).
 */
import { PURPOSE, type RandomStream } from '../../domain/random/stream';
import { createColourKernel, NO_COLOUR_CHANGE, type ColourChange } from './colour';
import { createCropKernel, type CropBox } from './crop';
import type { ImageAt, ImageSize, Normalisation } from './image';

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
}

/** Everything that chance decides about one view. */
export interface ViewPlan {
  readonly box: CropBox;
  readonly flipped: boolean;
  readonly colour: ColourChange;
}

/** Draws one view of `from` into `to`, both [height, width, channels]; `to` is normalised float32. */
export type Augmenter = (from: ImageAt<Uint8Array>, to: ImageAt<Float32Array>, random: RandomStream) => void;

/** Aspect ratios of a crop; its logarithm is uniform, as in torchvision's RandomResizedCrop. */
const ASPECT_RATIO = { low: 3 / 4, high: 4 / 3 };
const CROP_ATTEMPTS = 10;

/** The keys of the random stream of one view; restart a stream with them. */
export function viewKeys(
  seed: number,
  epoch: number,
  { sample, view }: { sample: number; view: number },
): [number, number, number, number, number] {
  return [seed, PURPOSE.augmentation, epoch, sample, view];
}

/** An augmenter with scratch memory of its own; not to be shared between threads. */
export function createAugmenter(
  size: ImageSize,
  options: AugmentationOptions,
  normalisation: Normalisation,
): Augmenter {
  const scratch = new Float32Array(size.height * size.width * size.channels);
  const crop = createCropKernel(size);
  const colour = createColourKernel(size.channels, normalisation);
  return (from, to, random) => {
    const plan = planView(random, options, size);
    crop(from, scratch, plan);
    colour(scratch, to, plan.colour);
  };
}

/** Decides one view by chance. */
export function planView(random: RandomStream, options: AugmentationOptions, size: ImageSize): ViewPlan {
  return {
    box: options.crop === null ? wholeImage(size) : drawBox(random, options.crop.area, size),
    flipped: random.uniform() < options.flip,
    colour: drawColourChange(random, options),
  };
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
