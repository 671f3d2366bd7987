/** Stage 1: length, batches, learning rate. */
import { choice, group, real, whole } from '../fields';
import { scheduleKeys } from './schedule';

export const stage1 = group(
  {
    epochs: whole(10, { minimum: 1, maximum: 100_000 }, 'Passes over the training images.'),
    batchSize: whole(
      64,
      { minimum: 2, maximum: 65_536 },
      'Images N in a batch; the encoder sees N x V views.',
    ),
    accumulate: whole(
      1,
      { minimum: 1, maximum: 1024 },
      'Batches whose mean gradient makes one optimiser step; cross-entropy only. Batch normalisation sees one batch at a time.',
    ),
    sampler: choice(
      ['shuffled', 'class-balanced'],
      'shuffled',
      'shuffled: every image once an epoch. class-balanced: "perClass" images of each class in a batch.',
    ),
    perClass: whole(
      2,
      { minimum: 1, maximum: 65_536 },
      'Images of one class in a batch of the class-balanced sampler; "batchSize" is a multiple of it.',
    ),
    learningRate: real(0.2, { minimum: 1e-8, maximum: 1000 }, 'Peak learning rate.'),
    warmupEpochs: real(
      1,
      { minimum: 0, maximum: 100_000 },
      'Epochs of linear warm-up before the schedule; fractions are allowed.',
    ),
    ...scheduleKeys,
  },
  'Stage 1: contrastive training of encoder and projection head, or the cross-entropy baseline.',
);
