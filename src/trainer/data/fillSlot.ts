/** Fills one batch with views: what a worker does, apart from its messages. */
import { RandomStream } from '../../domain/random/stream';
import { createAugmenter, viewKeys } from './augmentation';
import { createFeatureAugmenter } from './featureViews';
import type { ImageAt } from './image';
import { createMixer, mixKeys } from './mix';
import type { OwnViews } from '../own/views';
import type { FillRequest, WorkerSetup } from './workerMessages';

/** A function that fills the requested slot, view after view. */
export function createSlotFiller(setup: WorkerSetup, own?: OwnViews): (request: FillRequest) => void {
  const { size, seed, batchSize, views, slots } = setup;
  const imageLength = size.height * size.width * size.channels;
  const draw = createViewDrawer(setup, imageLength, own);
  const mixer = setup.mix === null ? null : createMixer(size, setup.mix, views * batchSize);
  const random = new RandomStream();
  return ({ slot, epoch, batch }) => {
    const target = slots[slot];
    const repeats = countRepeats(target.samples);
    for (let view = 0; view < views; view++) {
      for (let row = 0; row < batchSize; row++) {
        const sample = target.samples[row];
        const to = { values: target.views, offset: (view * batchSize + row) * imageLength };
        const drawn = view + repeats[row] * views;
        draw(sample, to, random.restart(...viewKeys(seed, epoch, { sample, view: drawn })));
      }
    }
    if (target.mix !== null)
      mixer?.(target.views, target.mix, random.restart(...mixKeys(seed, epoch, batch)));
  };
}

/**
 * How often each row's sample came before in the batch, [rows]: a small class fills its place by coming again, and a
 * repeat with the same views would be a positive that is no task.
 */
export function countRepeats(samples: ArrayLike<number>): Int32Array {
  const seen = new Map<number, number>();
  return Int32Array.from(samples, (sample) => {
    const before = seen.get(sample) ?? 0;
    seen.set(sample, before + 1);
    return before;
  });
}

/** Draws one view of a sample into `to`. */
type ViewDrawer = (sample: number, to: ImageAt<Float32Array>, random: RandomStream) => void;

function createViewDrawer(setup: WorkerSetup, length: number, own?: OwnViews): ViewDrawer {
  if ('features' in setup) {
    const augment = createFeatureAugmenter(setup.featureViews, setup.statistics);
    return (sample, to, random) => augment({ values: setup.features, offset: sample * length }, to, random);
  }
  const augment = createAugmenter(setup.size, setup.augmentation, setup.statistics, own);
  return (sample, to, random) => augment({ values: setup.images, offset: sample * length }, to, random);
}
