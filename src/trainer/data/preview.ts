/**
 * The views that a sample will get, as pictures for the eye: the augmenter of training with the keys of training,
 * its normalisation left out. MixUp and CutMix are not shown, since they depend on the rest of the batch.
 */
import { RandomStream } from '../../domain/random/stream';
import type { Configuration } from '../../domain/configuration/schema';
import { createAugmenter, viewKeys } from './augmentation';
import type { ImageAt, ImageSize, Normalisation } from './image';
import { augmentationOf } from './jobLoader';
import type { OwnViews } from '../own/views';

/** One image of a set, and the epoch from which on its views are wanted, zero-based. */
export interface PreviewSource {
  readonly image: ImageAt<Uint8Array>;
  readonly size: ImageSize;
  /** The sample's index in its set. */
  readonly sample: number;
  readonly epoch: number;
  /** A module of the user's own that makes the views, where the configuration names one. */
  readonly own?: OwnViews | undefined;
}

const LEVELS = 255;
const COLOURS = 3;

/** The views as pictures, see `viewPicture` and `drawViews`. */
export function previewViews(
  source: PreviewSource,
  configuration: Configuration,
  count: number,
): Uint8Array[] {
  return drawViews(source, configuration, count).map((view) => viewPicture(view, source.size.channels));
}

/**
 * `count` views [height, width, channels], 0 to 1: the configured number of views of the first epoch, then those of the
 * epochs that follow.
 */
export function drawViews(
  { image, size, sample, epoch, own }: PreviewSource,
  configuration: Configuration,
  count: number,
): Float32Array[] {
  const augment = createAugmenter(size, augmentationOf(configuration), unchanged(size.channels), own);
  const random = new RandomStream();
  const { seed, augmentation } = configuration;
  return Array.from({ length: count }, (_, place) => {
    const view = place % augmentation.views;
    const itsEpoch = epoch + Math.floor(place / augmentation.views);
    const values = new Float32Array(size.height * size.width * size.channels);
    random.restart(...viewKeys(seed, itsEpoch, { sample, view }));
    augment(image, { values, offset: 0 }, random);
    return values;
  });
}

/** The image without any change, in the same form as its views. */
export function plainPicture({ values, offset }: ImageAt<Uint8Array>, size: ImageSize): Uint8Array {
  const { height, width, channels } = size;
  return Uint8Array.from(
    { length: height * width * COLOURS },
    (_, i) => values[offset + (channels === COLOURS ? i : Math.floor(i / COLOURS))],
  );
}

/** A view as a picture [height, width, 3], 0 to 255. A grey one gets three equal channels. */
export function viewPicture(values: Float32Array, channels: number): Uint8Array {
  const pixels = values.length / channels;
  return Uint8Array.from({ length: pixels * COLOURS }, (_, i) => {
    const source = channels === COLOURS ? i : Math.floor(i / COLOURS);
    return Math.round(values[source] * LEVELS);
  });
}

function unchanged(channels: number): Normalisation {
  const each = (value: number): number[] => Array.from({ length: channels }, () => value);
  return { mean: each(0), deviation: each(1) };
}
