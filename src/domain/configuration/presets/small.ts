/** Presets for a processor and a coffee: small encoders and few epochs, measured by this project. */
import type { Preset } from './preset';

/** Rates and lengths that the small ResNet of width 16 was tried with. */
const BRIEF = { batchSize: 64, learningRate: 0.2, warmupEpochs: 0.5 } as const;

export const SMALL_PRESETS: readonly Preset[] = [
  {
    name: 'demonstration',
    description:
      'Generated shapes, small ResNet: about two minutes on two cores, with the cross-entropy baseline',
    source: "This project's own, after the recipe of SupContrast for CIFAR-10.",
    expected: 'Linear probe about 92 %, kNN about 90 % on the test images (README, seed 1).',
    configuration: {
      name: 'demonstration',
      dataset: { kind: 'generated' },
      stage1: { epochs: 5, ...BRIEF },
      baseline: true,
    },
  },
  {
    name: 'fashion-mnist',
    description: 'Fashion-MNIST (IDX files), small ResNet: under ten minutes on two cores',
    source: "This project's own; milder crop and colour jitter, because the images are grey and centred.",
    expected: 'Linear probe about 88.6 %, kNN about 89 % on the test images (README, seed 1).',
    configuration: {
      name: 'fashion-mnist',
      dataset: { kind: 'idx', path: 'fashion-mnist' },
      augmentation: { cropArea: [0.4, 1], jitter: 0.5 },
      stage1: { epochs: 2, ...BRIEF },
    },
  },
  {
    name: 'cifar-10',
    description: 'CIFAR-10 (binary version), small ResNet: under fifteen minutes on two cores',
    source: "This project's own, after the recipe of SupContrast for CIFAR-10.",
    expected: 'Linear probe about 65 %, kNN about 63 % on the test images (README, seed 1).',
    configuration: {
      name: 'cifar-10',
      dataset: { kind: 'cifar-10', path: 'cifar-10' },
      stage1: { epochs: 4, ...BRIEF },
    },
  },
];
