/** Which random views are drawn of a sample. */
import { PROBABILITY, group, interval, real, whole } from '../fields';

export const augmentation = group(
  {
    views: whole(2, { minimum: 1, maximum: 16 }, 'Views V drawn of each image of a batch.'),
    cropArea: interval(
      [0.2, 1],
      { minimum: 0.01, maximum: 1 },
      'Area of a random resized crop, as a share of the image; [1, 1] switches cropping off.',
    ),
    flip: real(0.5, PROBABILITY, 'Probability of a horizontal flip.'),
    jitter: real(0.8, PROBABILITY, 'Probability of colour jitter.'),
    brightness: real(0.4, PROBABILITY, 'Largest relative change of brightness.'),
    contrast: real(0.4, PROBABILITY, 'Largest relative change of contrast.'),
    saturation: real(0.4, PROBABILITY, 'Largest relative change of saturation.'),
    hue: real(0.1, { minimum: 0, maximum: 0.5 }, 'Largest turn of the hue, in turns of the colour wheel.'),
    grey: real(0.2, PROBABILITY, 'Probability of turning a view grey.'),
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
  'Random views: crop, flip, colour jitter, grey (the recipe of the paper for CIFAR-10).',
);
