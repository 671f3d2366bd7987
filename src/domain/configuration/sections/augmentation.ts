/** Which random views are drawn of a sample. */
import { PROBABILITY, choice, group, interval, real, whole } from '../fields';
import { choiceOrModule } from '../modulePath';

export const augmentation = group(
  {
    views: whole(2, { minimum: 1, maximum: 16 }, 'Views V drawn of each image of a batch.'),
    cropArea: interval(
      [0.2, 1],
      { minimum: 0.01, maximum: 1 },
      'Area of a random resized crop, as a share of the image; [1, 1] switches cropping off.',
    ),
    flip: real(0.5, PROBABILITY, 'Probability of a horizontal flip.'),
    policy: choiceOrModule(
      ['jitter', 'sim', 'auto', 'rand', 'stacked-rand'],
      'jitter',
      'What follows crop and flip. jitter: colour jitter, grey and blur by the keys below. sim: SimAugment. auto: AutoAugment. rand: RandAugment. stacked-rand: jitter and blur of sim around rand. A path such as "./my-views.mjs": a module of your own.',
    ),
    jitter: real(0.8, PROBABILITY, 'Policy jitter: probability of colour jitter.'),
    brightness: real(0.4, PROBABILITY, 'Policy jitter: largest relative change of brightness.'),
    contrast: real(0.4, PROBABILITY, 'Policy jitter: largest relative change of contrast.'),
    saturation: real(0.4, PROBABILITY, 'Policy jitter: largest relative change of saturation.'),
    hue: real(
      0.1,
      { minimum: 0, maximum: 0.5 },
      'Policy jitter: largest turn of the hue, in turns of the colour wheel.',
    ),
    grey: real(0.2, PROBABILITY, 'Policy jitter: probability of turning a view grey.'),
    blur: real(0, PROBABILITY, 'Policy jitter: probability of a Gaussian blur; SimCLR has 0.5.'),
    blurSigma: interval(
      [0.1, 2],
      { minimum: 0.01, maximum: 10 },
      "Policy jitter: range of the blur's standard deviation in pixels.",
    ),
    strength: real(
      0.5,
      { minimum: 0, maximum: 2 },
      'Policies sim and stacked-rand: strength s of colour jitter (brightness, contrast, saturation 0.8 s, hue 0.2 s).',
    ),
    warp: real(
      0,
      PROBABILITY,
      'Policies sim and stacked-rand: probability of a warp; the published code has 0.',
    ),
    autoPolicy: choice(
      ['cifar-10', 'imagenet', 'imagenet-v0'],
      'cifar-10',
      'Policy auto: the list of sub-policies, found on CIFAR-10 or ImageNet; imagenet-v0 is the list of TensorFlow, with which SupCon was trained.',
    ),
    randLayers: whole(2, { minimum: 1, maximum: 8 }, 'Policies rand and stacked-rand: operations N a view.'),
    randMagnitude: real(
      9,
      { minimum: 0, maximum: 10 },
      'Policies rand and stacked-rand: magnitude M of every operation, on the scale of the paper from 0 to 10.',
    ),
    mix: choice(
      ['none', 'mixup', 'cutmix'],
      'none',
      'Cross-entropy alone: blends every view with another of its batch (mixup), or puts a piece of that into it (cutmix).',
    ),
    mixAlpha: real(
      1,
      { minimum: 0.05, maximum: 100 },
      'The share of a view in its blend is drawn from Beta(alpha, alpha), once for each batch.',
    ),
    featureNoise: real(
      0.1,
      { minimum: 0, maximum: 10 },
      'Views of features: standard deviation of Gaussian noise, in standard deviations of each feature.',
    ),
    featureMask: real(
      0.1,
      PROBABILITY,
      'Views of features: probability that a feature is replaced by its mean.',
    ),
  },
  'Random views: crop, flip, colour jitter, grey (the recipe of the paper for CIFAR-10), or a published policy.',
);
