/** Stage 1: length, batches, learning rate. */
import { group, real, whole } from '../fields';

export const stage1 = group(
  {
    epochs: whole(10, { minimum: 1, maximum: 100_000 }, 'Passes over the training images.'),
    batchSize: whole(
      64,
      { minimum: 2, maximum: 65_536 },
      'Images N in a batch; the encoder sees N x V views.',
    ),
    learningRate: real(0.2, { minimum: 1e-8, maximum: 1000 }, 'Peak learning rate.'),
    warmupEpochs: real(
      1,
      { minimum: 0, maximum: 100_000 },
      'Epochs of linear warm-up before the cosine decay; fractions are allowed.',
    ),
  },
  'Stage 1: contrastive training of encoder and projection head, or the cross-entropy baseline.',
);
