/** Stage 2: the linear classifier on frozen features. */
import { choice, group, real, whole } from '../fields';
import { OPTIMISER_NAMES } from './optimiser';
import { scheduleKeys } from './schedule';

export const stage2 = group(
  {
    epochs: whole(50, { minimum: 1, maximum: 100_000 }, 'Passes over the frozen features.'),
    batchSize: whole(256, { minimum: 2, maximum: 65_536 }, 'Features in a batch.'),
    optimiser: choice(
      OPTIMISER_NAMES,
      'sgd',
      'Optimiser of the linear classifier; its momentum and other constants are those of "optimiser", its weight decay is its own, and its gradient is not clipped.',
    ),
    weightDecay: real(0, { minimum: 0, maximum: 1 }, 'L2 penalty on its kernel (adamw: shrinkage).'),
    learningRate: real(
      5,
      { minimum: 1e-8, maximum: 1000 },
      'Peak learning rate of the linear classifier; its features are centred and scaled to a largest variance of 1.',
    ),
    warmupEpochs: real(
      0,
      { minimum: 0, maximum: 100_000 },
      'Epochs of linear warm-up before the schedule; fractions are allowed.',
    ),
    ...scheduleKeys,
  },
  'Stage 2: projection head dropped, encoder frozen, a linear classifier with cross-entropy.',
);
