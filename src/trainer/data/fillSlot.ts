/** Fills one batch with views: what a worker does, apart from its messages. */
import { RandomStream } from '../../domain/random/stream';
import { createAugmenter, viewKeys } from './augmentation';
import { createMixer, mixKeys } from './mix';
import type { FillRequest, WorkerSetup } from './workerMessages';

/** A function that fills the requested slot, view after view. */
export function createSlotFiller(setup: WorkerSetup): (request: FillRequest) => void {
  const { size, images, seed, batchSize, views, slots } = setup;
  const imageLength = size.height * size.width * size.channels;
  const augment = createAugmenter(size, setup.augmentation, setup.statistics);
  const mixer = setup.mix === null ? null : createMixer(size, setup.mix, views * batchSize);
  const random = new RandomStream();
  return ({ slot, epoch, batch }) => {
    const target = slots[slot];
    for (let view = 0; view < views; view++) {
      for (let row = 0; row < batchSize; row++) {
        const sample = target.samples[row];
        const from = { values: images, offset: sample * imageLength };
        const to = { values: target.views, offset: (view * batchSize + row) * imageLength };
        augment(from, to, random.restart(...viewKeys(seed, epoch, { sample, view })));
      }
    }
    if (target.mix !== null)
      mixer?.(target.views, target.mix, random.restart(...mixKeys(seed, epoch, batch)));
  };
}
