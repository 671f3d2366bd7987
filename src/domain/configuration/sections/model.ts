/** Encoder and projection head. */
import { choice, group, whole } from '../fields';

export const model = group(
  {
    encoder: choice(
      ['small-resnet', 'resnet18'],
      'small-resnet',
      'small-resnet: three residual blocks, a few minutes on two cores. resnet18: ResNet-18 with the CIFAR stem.',
    ),
    width: whole(
      16,
      { minimum: 4, maximum: 512 },
      'Channels of the first stage; later stages double it (64 is the standard ResNet-18).',
    ),
    projection: choice(
      ['mlp', 'linear'],
      'mlp',
      'Projection head: one hidden layer with ReLU, or a single linear layer.',
    ),
    projectionWidth: whole(128, { minimum: 2, maximum: 4096 }, 'Dimensions of the L2-normalised projection.'),
  },
  'Encoder and projection head.',
);
