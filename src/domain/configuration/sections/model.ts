/** Encoder and projection head. */
import { choice, flag, group, text, whole } from '../fields';
import { choiceOrModule } from '../modulePath';

/** Encoders by name; all but `mlp` are residual. */
export const ENCODERS = [
  'small-resnet',
  'resnet18',
  'resnet34',
  'resnet50',
  'resnet101',
  'resnet200',
  'mlp',
] as const;

export const model = group(
  {
    encoder: choiceOrModule(
      ENCODERS,
      'small-resnet',
      'small-resnet: three residual blocks, a few minutes on two cores. resnet18 to resnet200: He et al., 2016. mlp: fully connected layers, for feature vectors or tiny images. A path such as "./my-encoder.mjs": a module of your own.',
    ),
    width: whole(
      16,
      { minimum: 4, maximum: 512 },
      'Channels of the first stage; later stages double it (64 is the standard ResNet).',
    ),
    stem: choice(
      ['cifar', 'imagenet'],
      'cifar',
      'Beginning of a residual encoder. cifar: 3x3 convolution, stride 1. imagenet: 7x7 convolution and 3x3 max pooling, both stride 2.',
    ),
    padding: choice(
      ['auto', 'same', 'symmetric'],
      'auto',
      'Zeros around a convolution of stride 2. symmetric: on both sides, as PyTorch. same: on one side, as TensorFlow. auto: same for small-resnet and resnet18 with the CIFAR stem, symmetric for all others.',
    ),
    mlpLayers: whole(2, { minimum: 1, maximum: 16 }, 'Layers of the encoder mlp.'),
    mlpWidth: whole(
      256,
      { minimum: 2, maximum: 8192 },
      'Width of each layer of the encoder mlp, which is that of its features.',
    ),
    normaliseFeatures: flag(
      false,
      'Divide features by their length before head and classifier, as the paper does; its CIFAR code does not.',
    ),
    projection: choice(
      ['mlp', 'linear'],
      'mlp',
      'Projection head: linear layers with ReLU between them, or a single linear layer.',
    ),
    projectionLayers: whole(2, { minimum: 1, maximum: 3 }, 'Linear layers of the projection head mlp.'),
    projectionHidden: whole(
      0,
      { minimum: 0, maximum: 16_384 },
      'Width of the hidden layers of the projection head mlp; 0 is that of the features.',
    ),
    projectionBatchNorm: flag(
      false,
      'Batch normalisation in the hidden layers of the projection head, in the place of their bias.',
    ),
    projectionBias: flag(true, 'Bias in the last layer of the projection head; the reference code has none.'),
    projectionWidth: whole(128, { minimum: 2, maximum: 4096 }, 'Dimensions of the L2-normalised projection.'),
    weights: text(
      '',
      'A safetensors file from whose weights a residual encoder starts, with the names of torchvision; its classifier is ignored.',
    ),
  },
  'Encoder and projection head.',
);
