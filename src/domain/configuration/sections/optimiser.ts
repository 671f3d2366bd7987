/** How stage 1 changes the weights. */
import { choice, flag, group, real } from '../fields';

/** Every optimiser, of either stage. */
export const OPTIMISER_NAMES = ['sgd', 'rmsprop', 'adam', 'adamw', 'lars'] as const;

export const optimiser = group(
  {
    name: choice(
      OPTIMISER_NAMES,
      'sgd',
      'sgd: with momentum. rmsprop, adam, adamw: as PyTorch defines them. lars: arXiv 1708.03888, for batches of thousands.',
    ),
    momentum: real(0.9, { minimum: 0, maximum: 0.999 }, 'Momentum; for adam and adamw, beta1.'),
    nesterov: flag(false, "Nesterov's form of the momentum of sgd."),
    weightDecay: real(
      1e-4,
      { minimum: 0, maximum: 1 },
      'L2 penalty on kernels (adamw: shrinkage of kernels); biases and batch normalisation are exempt.',
    ),
    beta2: real(
      0.999,
      { minimum: 0, maximum: 0.999999 },
      'Share of the past in the mean of squared gradients of adam and adamw.',
    ),
    rho: real(
      0.9,
      { minimum: 0, maximum: 0.999999 },
      'Share of the past in the mean of squared gradients of rmsprop.',
    ),
    epsilon: real(
      1e-8,
      { minimum: 1e-12, maximum: 1 },
      'Added to the root of the mean square in rmsprop, adam and adamw.',
    ),
    trustCoefficient: real(
      0.001,
      { minimum: 1e-6, maximum: 1 },
      'Size of a step of lars, as a share of the norm of the weights, at learning rate 1.',
    ),
    clipNorm: real(
      0,
      { minimum: 0, maximum: 1_000_000 },
      'Largest norm of the whole gradient; a larger one is scaled down to it. 0 switches clipping off.',
    ),
  },
  'Optimiser of stage 1.',
);
