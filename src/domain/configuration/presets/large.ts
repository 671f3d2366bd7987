/** Presets for data of one's own: name its folder when a run is started. */
import type { Preset } from './preset';

export const LARGE_PRESETS: readonly Preset[] = [
  {
    name: 'long-tail',
    description:
      'A set of 64 or more classes of very different sizes, ResNet-18: four images of a class in a batch',
    source:
      'Class-balanced batches as in pytorch-metric-learning (MPerClassSampler), so that rare classes have positives and do not drown; the rest is cifar-10-quick. ' +
      'Methods made for long tails (KCL, TSC, BCL, PaCo) change the loss as well.',
    expected:
      'Not run here, and no figure is published for it; compare accuracy by class with the same run at "stage1.sampler": "shuffled".',
    configuration: {
      name: 'long-tail',
      model: { encoder: 'resnet18', width: 64 },
      loss: { temperature: 0.1, scale: 'tau/base' },
      stage1: {
        epochs: 200,
        batchSize: 256,
        sampler: 'class-balanced',
        perClass: 4,
        learningRate: 0.125,
        warmupEpochs: 10,
        finalShare: 0.001,
      },
      stage2: { epochs: 100 },
    },
  },
  {
    name: 'paper-imagenet',
    description: "ImageNet as in the paper's main result: 350 epochs of 6144 images. Not run here",
    source:
      "google-research/supcon, its ImageNet script: LARS at 0.4 a step of 256 images, decay 1e-3, batch normalisation over all cores. The paper's linear stage is RMSProp at 1.2 on augmented images; here it is SGD on centred and scaled features, on the same schedule.",
    expected:
      'Not run here: it took 128 TPU cores, and the decoded set is larger than the 4 GiB that are read into memory. Published: top-1 78.7 %, top-5 94.3 %.',
    configuration: {
      name: 'paper-imagenet',
      dataset: { kind: 'folders', path: 'imagenet', imageSize: 224 },
      model: {
        encoder: 'resnet50',
        width: 64,
        stem: 'imagenet',
        normaliseFeatures: true,
        projection: 'linear',
        projectionBias: false,
      },
      loss: { temperature: 0.1, scale: 'tau', chunk: 1024 },
      augmentation: { cropArea: [0.08, 1], policy: 'auto', autoPolicy: 'imagenet-v0' },
      optimiser: { name: 'lars', momentum: 0.9, weightDecay: 1e-3, trustCoefficient: 0.001 },
      stage1: { epochs: 350, batchSize: 6144, learningRate: 9.6, warmupEpochs: 12 },
      stage2: {
        epochs: 90,
        batchSize: 6144,
        schedule: 'exponential',
        warmupEpochs: 12,
        decayFactor: 0.97,
        decayEvery: 0.5,
      },
    },
  },
];
