/** Ready configurations by name. Each says where it comes from and how long it takes. */
import type { PartialConfiguration } from './schema';

export interface Preset {
  readonly name: string;
  /** One line for the quick pick. */
  readonly description: string;
  readonly configuration: PartialConfiguration;
}

/** Presets in the order of the quick pick. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'demonstration',
    description:
      'Generated shapes, small ResNet: about two minutes on two cores, with the cross-entropy baseline',
    configuration: {
      name: 'demonstration',
      dataset: { kind: 'generated' },
      stage1: { epochs: 5, batchSize: 64, learningRate: 0.2, warmupEpochs: 0.5 },
      baseline: true,
    },
  },
  {
    name: 'fashion-mnist',
    description: 'Fashion-MNIST (IDX files), small ResNet: under ten minutes on two cores',
    configuration: {
      name: 'fashion-mnist',
      dataset: { kind: 'idx', path: 'fashion-mnist' },
      augmentation: { cropArea: [0.4, 1], jitter: 0.5 },
      stage1: { epochs: 2, batchSize: 64, learningRate: 0.2, warmupEpochs: 0.5 },
    },
  },
  {
    name: 'cifar-10',
    description: 'CIFAR-10 (binary version), small ResNet: under fifteen minutes on two cores',
    configuration: {
      name: 'cifar-10',
      dataset: { kind: 'cifar-10', path: 'cifar-10' },
      stage1: { epochs: 4, batchSize: 64, learningRate: 0.2, warmupEpochs: 0.5 },
    },
  },
  {
    name: 'cifar-10-resnet18',
    description: 'CIFAR-10, ResNet-18 of full width, 200 epochs: for a GPU or a patient machine',
    configuration: {
      name: 'cifar-10-resnet18',
      dataset: { kind: 'cifar-10', path: 'cifar-10' },
      model: { encoder: 'resnet18', width: 64 },
      stage1: { epochs: 200, batchSize: 256, learningRate: 0.5, warmupEpochs: 10 },
      stage2: { epochs: 100 },
    },
  },
];

/** The preset of a name, or undefined. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name);
}
