/**
 * The claims of arXiv 2004.11362 that can be put to the test on one machine, each with its place in the paper. The
 * base is a small encoder and a short run: an ordering that needs ImageNet's size may not come out, and the
 * report says so.
 */
import type { JsonObject } from '../configuration/override';
import type { Changes } from '../sweep/expand';
import type { Arm, Claim } from './claim';

/** What every arm shares unless the user says otherwise: some minutes a run on two cores. */
export const CLAIM_BASE: JsonObject = {
  model: { encoder: 'small-resnet', width: 16 },
  augmentation: { cropArea: [0.4, 1], jitter: 0.5 },
  stage1: { epochs: 2, batchSize: 64, learningRate: 0.2, warmupEpochs: 0.25 },
  stage2: { epochs: 20 },
  evaluation: { everyEpochs: 1000, references: false, diagnosticsEveryEpochs: 0, retrievalSamples: 0 },
  embeddings: { everyEpochs: 0 },
};

const SUPCON: Arm = { name: 'SupCon', changes: {} };
const CROSS_ENTROPY: Arm = { name: 'cross-entropy', changes: { 'loss.name': 'cross-entropy' } };

/** Every claim, in the order of the paper. */
export const CLAIMS: readonly Claim[] = [
  {
    name: 'supcon-against-cross-entropy',
    sentence:
      'SupCon, followed by a linear probe, classifies better than cross-entropy with the same encoder, views and epochs.',
    arms: [SUPCON, CROSS_ENTROPY],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'cross-entropy',
        metric: 'accuracy',
        paper:
          'Table 2: ResNet-50, CIFAR-10 96.0 against 95.0, CIFAR-100 76.5 against 75.3, ImageNet 78.7 against 78.2',
      },
    ],
    metrics: ['accuracy', 'linearProbe', 'knn', 'nearestClassMean', 'ece'],
    caution:
      'Cross-entropy is trained on the same strong crops and tested on whole images; a recipe of its own would suit it better. The linear probe of its encoder stands beside its own classifier.',
  },
  {
    name: 'two-stage-cross-entropy',
    sentence: "A linear classifier on SupCon's frozen encoder is better than one on that of cross-entropy.",
    arms: [SUPCON, CROSS_ENTROPY],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'cross-entropy',
        metric: 'linearProbe',
        paper: 'Supplement, two-stage cross-entropy: ResNet-50 on ImageNet, 78.7 against 73.7',
      },
    ],
    metrics: ['linearProbe', 'knn', 'nearestClassMean'],
    caution:
      'Both encoders have seen the same few epochs; SupCon is slower to separate classes and profits from longer training.',
  },
  {
    name: 'supcon-against-simclr',
    sentence: 'Labels help: SupCon learns better features than SimCLR from the same views.',
    arms: [SUPCON, { name: 'SimCLR', changes: { 'loss.name': 'simclr', 'loss.temperature': 0.5 } }],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'SimCLR',
        metric: 'linearProbe',
        paper:
          'Table 2: ResNet-50, CIFAR-10 96.0 against 93.6, CIFAR-100 76.5 against 70.7, ImageNet 78.7 against 70.2',
      },
    ],
    metrics: ['linearProbe', 'knn', 'nearestClassMean'],
    caution:
      'SimCLR runs at temperature 0.5, as in its CIFAR recipe, and profits from longer training than this.',
  },
  {
    name: 'out-against-in',
    sentence: 'The sum over positives belongs outside the logarithm: L_out learns better features than L_in.',
    arms: [SUPCON, { name: 'L_in', changes: { 'loss.sum': 'in' } }],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'L_in',
        metric: 'linearProbe',
        paper: 'Section 3.2.2, Table 1: ImageNet, ResNet-50, batch 6144: 78.7 against 67.4',
      },
    ],
    metrics: ['linearProbe', 'knn', 'nearestClassMean'],
    caution:
      'The paper explains the gap by many positives an anchor; with ten classes and small batches there are few.',
  },
  {
    name: 'temperature',
    sentence: 'A temperature of 0.1 is better than one that is much higher or much lower.',
    arms: [
      SUPCON,
      { name: 'temperature 1', changes: { 'loss.temperature': 1 } },
      { name: 'temperature 0.02', changes: { 'loss.temperature': 0.02 } },
    ],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'temperature 1',
        metric: 'linearProbe',
        paper: 'Section 4.4, Figure 4: 0.1 is used throughout; best against worst is about 3 points',
      },
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'temperature 0.02',
        metric: 'linearProbe',
        paper: 'Section 4.4, Figure 4: very low temperatures are hard to train for numerical instability',
      },
    ],
    metrics: ['linearProbe', 'knn', 'nearestClassMean'],
    caution:
      'The loss is not rescaled by the temperature here (scale raw), so a low temperature also has larger gradients.',
  },
  {
    name: 'positives',
    sentence: 'More positives an anchor are better.',
    arms: [SUPCON, { name: '1 positive', changes: { 'loss.maxPositives': 1 } }, positives(3)],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: '1 positive',
        metric: 'linearProbe',
        paper: 'Supplement, number of positives: 1, 3, 5, 7, 9, uncapped: 69.3, 76.6, 78.0, 78.4, 78.3, 78.5',
      },
      {
        kind: 'ordering',
        better: '3 positives',
        worse: '1 positive',
        metric: 'linearProbe',
        paper: 'The same: 76.6 against 69.3',
      },
    ],
    metrics: ['linearProbe', 'knn', 'nearestClassMean'],
    caution:
      'The one positive of the paper is another view of the image; capped positives leave the denominator too.',
  },
  {
    name: 'batch-size',
    sentence: 'Larger batches are better, at a learning rate that grows with them and for the same epochs.',
    arms: [SUPCON, batch(16, 0.05), batch(128, 0.4)],
    contrasts: [
      {
        kind: 'ordering',
        better: 'batch 128',
        worse: 'batch 16',
        metric: 'linearProbe',
        paper: 'Section 4.4, Figure 4: accuracy grows with the batch, and 2048 is enough',
      },
    ],
    metrics: ['linearProbe', 'knn', 'nearestClassMean'],
    caution: 'The same epochs mean fewer steps for a larger batch, which weighs more in a short run.',
  },
  {
    name: 'head',
    sentence: 'The projection head is worth dropping: features before it classify better than its output.',
    arms: [SUPCON],
    contrasts: [
      {
        kind: 'figures',
        arm: 'SupCon',
        better: 'knn',
        worse: 'knnProjection',
        paper: 'Section 3.1: the head is discarded after stage 1, as in SimCLR',
      },
    ],
    metrics: ['knn', 'knnProjection', 'linearProbe'],
    caution: 'Both are kNN accuracies of the same run; a probe on the head is not trained.',
  },
  {
    name: 'corruption',
    sentence: 'SupCon is more robust to corrupted images than cross-entropy.',
    arms: [SUPCON, CROSS_ENTROPY].map((arm) => changed(arm, { 'evaluation.robustness': 'final' })),
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'cross-entropy',
        metric: 'corruptedAccuracy',
        paper: 'Table 3: ImageNet-C, ResNet-50: mCE 67.2 against 68.6, ResNet-200: 50.6 against 52.4',
      },
    ],
    metrics: ['accuracy', 'corruptedAccuracy', 'ece'],
    caution:
      'Corruptions are our own at the size of the images, after the families of ImageNet-C, not its pictures.',
  },
  {
    name: 'calibration',
    sentence: 'SupCon with a linear probe is better calibrated on clean images than cross-entropy.',
    arms: [SUPCON, CROSS_ENTROPY],
    contrasts: [
      {
        kind: 'ordering',
        better: 'SupCon',
        worse: 'cross-entropy',
        metric: 'ece',
        paper:
          'Supplement, calibration: ResNet-50 on ImageNet: 0.024 against 0.039; ResNet-200: 0.041 against 0.045',
      },
    ],
    metrics: ['accuracy', 'ece'],
    caution:
      'The probe is trained on whole images and the baseline on strong crops, which counts against the baseline. In the paper the order turns under corruption.',
  },
  {
    name: 'stability',
    sentence: 'SupCon depends less on augmentation, optimiser and learning rate than cross-entropy.',
    arms: [...settings(SUPCON), ...settings(CROSS_ENTROPY)],
    contrasts: [
      {
        kind: 'spread',
        narrower: 'SupCon',
        wider: 'cross-entropy',
        metric: 'accuracy',
        paper:
          'Section 4.4, Figure 4: a box plot, less spread over augmentation, optimiser and learning rate',
      },
    ],
    metrics: ['accuracy'],
    caution: 'Eight settings a loss, each at its own distance from the base: the ranges are ours.',
  },
];

/** The claim of a name, or undefined. */
export function claimNamed(name: string): Claim | undefined {
  return CLAIMS.find((claim) => claim.name === name);
}

function changed(arm: Arm, changes: Changes): Arm {
  return { ...arm, changes: { ...arm.changes, ...changes } };
}

function positives(count: number): Arm {
  return { name: `${count} positives`, changes: { 'loss.maxPositives': count } };
}

function batch(images: number, rate: number): Arm {
  return {
    name: `batch ${images}`,
    changes: { 'stage1.batchSize': images, 'stage1.learningRate': rate },
  };
}

/** The arm and seven settings around it: two learning rates, three augmentations, two optimisers. */
function settings(arm: Arm): Arm[] {
  const around: Readonly<Record<string, Changes>> = {
    base: {},
    'rate x 0.25': { 'stage1.learningRate': 0.05 },
    'rate x 4': { 'stage1.learningRate': 0.8 },
    'weak crops': { 'augmentation.cropArea': [0.8, 1] },
    'strong crops': { 'augmentation.cropArea': [0.1, 1] },
    // The jitter of the base belongs to another policy and is refused beside this one.
    AutoAugment: { 'augmentation.policy': 'auto', 'augmentation.jitter': 0.8 },
    LARS: { 'optimiser.name': 'lars', 'stage1.learningRate': 2 },
    RMSProp: { 'optimiser.name': 'rmsprop', 'stage1.learningRate': 0.002 },
  };
  return Object.entries(around).map(([name, changes]) => ({
    ...changed(arm, changes),
    name: `${arm.name}, ${name}`,
    family: arm.name,
  }));
}
