/**
 * Augmentation of the user's own: `"augmentation": {"policy": "./my-views.mjs"}`. It runs in the data workers, after
 * crop and flip and before normalisation; whatever it draws comes from the view's own random stream, so views stay a
 * pure function of seed, epoch, sample and view. examples/own-views.mjs is one.
 */
import { HumanError } from '../../domain/errors';
import type { RandomStream } from '../../domain/random/stream';
import type { ImageSize } from '../data/image';
import { callOwn } from './call';
import type { OwnModule } from './load';

/** What the module's function is given. */
export interface ViewsGiven {
  /** Height, width and channels of every image. */
  readonly size: ImageSize;
}

/**
 * What it returns: changes one image in place.
 * @param image [height, width, channels], 0 to 1; values outside are cut off
 * @param random uniform(), between(low, high), integer(n) and normal()
 */
export type OwnViews = (image: Float32Array, random: RandomStream) => void;

/** The views of a module. Throws HumanError if it gives no function, or one that makes values that are no numbers. */
export function ownViews(module: Pick<OwnModule, 'create' | 'source'>, size: ImageSize): OwnViews {
  const change = callOwn(module, () => module.create({ size } satisfies ViewsGiven));
  if (typeof change !== 'function')
    throw new HumanError(`${module.source} must return a function of an image and a random stream.`);
  return (image, random) => {
    callOwn(module, () => {
      (change as OwnViews)(image, random);
    });
    for (let i = 0; i < image.length; i++) image[i] = cutOff(image[i], module.source);
  };
}

function cutOff(value: number, source: string): number {
  if (value >= 0 && value <= 1) return value;
  if (Number.isNaN(value)) throw new HumanError(`${source} made a value that is not a number.`);
  return value < 0 ? 0 : 1;
}
