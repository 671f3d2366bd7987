/** How stage 1 changes the weights. */
import { group, real } from '../fields';

export const optimiser = group(
  {
    momentum: real(0.9, { minimum: 0, maximum: 0.999 }, 'Momentum of stochastic gradient descent.'),
    weightDecay: real(
      1e-4,
      { minimum: 0, maximum: 1 },
      'L2 penalty on kernels; biases and batch normalisation are exempt.',
    ),
  },
  'Stochastic gradient descent of stage 1.',
);
