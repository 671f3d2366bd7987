/**
 * Random views of an image: random resized crop, horizontal flip, colour jitter, the operations of a policy, grey,
 * warp, blur, then normalisation. Chance decides first, from the view's own random stream; the kernels that follow
 * are plain arithmetic. So a view is a pure function of (image, seed, epoch, sample, view).
 */
import { PURPOSE, type RandomStream } from '../../domain/random/stream';
import { createBlurKernel } from './blur';
import { createColourKernel, NO_COLOUR_CHANGE, type ColourChange } from './colour';
import { createCropKernel } from './crop';
import type { ImageAt, ImageSize, Normalisation } from './image';
import { createOperationsKernel } from './operations/apply';
import type { OwnViews } from '../own/views';
import { planView, type AugmentationOptions, type ViewPlan } from './viewPlan';
import { createWarpKernel } from './warp';

/** Draws one view of `from` into `to`, both [height, width, channels]; `to` is normalised float32. */
export type Augmenter = (from: ImageAt<Uint8Array>, to: ImageAt<Float32Array>, random: RandomStream) => void;

const GREY: ColourChange = { ...NO_COLOUR_CHANGE, isGrey: true };

/** The keys of the random stream of one view; restart a stream with them. */
export function viewKeys(
  seed: number,
  epoch: number,
  { sample, view }: { sample: number; view: number },
): [number, number, number, number, number] {
  return [seed, PURPOSE.augmentation, epoch, sample, view];
}

/**
 * An augmenter with scratch memory of its own; not to be shared between threads.
 * @param own a module of the user's own, which follows crop and flip
 */
export function createAugmenter(
  size: ImageSize,
  options: AugmentationOptions,
  normalisation: Normalisation,
  own?: OwnViews,
): Augmenter {
  const scratch = new Float32Array(size.height * size.width * size.channels);
  const crop = createCropKernel(size);
  const colour = createColourKernel(size.channels, normalisation);
  const change = createFurtherKernel(size);
  return (from, to, random) => {
    const plan = planView(random, options, size);
    crop(from, scratch, plan);
    own?.(scratch, random);
    if (isColourAll(plan)) {
      colour(scratch, to, plan.colour);
    } else {
      change(scratch, plan);
      // Warp and blur mix pixels of one channel, and grey channels of one pixel: either may come first.
      colour(scratch, to, plan.colour.isGrey ? GREY : NO_COLOUR_CHANGE);
    }
  };
}

function isColourAll({ operations, warp, blur }: ViewPlan): boolean {
  return operations.length === 0 && warp === null && blur === null;
}

/** Everything between crop and grey, in place, on values 0-1. */
function createFurtherKernel(size: ImageSize): (image: Float32Array, plan: ViewPlan) => void {
  const zeros = Array.from({ length: size.channels }, () => 0);
  const jitter = createColourKernel(size.channels, { mean: zeros, deviation: zeros.map(() => 1) });
  const operate = createOperationsKernel(size);
  const warp = createWarpKernel(size);
  const blur = createBlurKernel(size);
  return (image, plan) => {
    jitter(image, { values: image, offset: 0 }, { ...plan.colour, isGrey: false });
    if (plan.operations.length > 0) operate(image, plan.operations);
    if (plan.warp !== null) warp(image, plan.warp);
    if (plan.blur !== null) blur(image, plan.blur);
  };
}
