/**
 * The sub-policies of AutoAugment as published: facts, one row each. A row is two operations, each with its
 * probability and its level from 0 to 10; operations without a magnitude ignore the level that the search gave them.
 */
import type { OperationName } from './operation';

/** Two operations, each with the probability that it is done and its level. */
export type SubPolicy = readonly [OperationName, number, number, OperationName, number, number];

/** arXiv 1805.09501, table 9: found on a part of ImageNet. Five rows stand twice in it. */
const IMAGENET: readonly SubPolicy[] = [
  ['Posterize', 0.4, 8, 'Rotate', 0.6, 9],
  ['Solarize', 0.6, 5, 'AutoContrast', 0.6, 5],
  ['Equalize', 0.8, 8, 'Equalize', 0.6, 3],
  ['Posterize', 0.6, 7, 'Posterize', 0.6, 6],
  ['Equalize', 0.4, 7, 'Solarize', 0.2, 4],
  ['Equalize', 0.4, 4, 'Rotate', 0.8, 8],
  ['Solarize', 0.6, 3, 'Equalize', 0.6, 7],
  ['Posterize', 0.8, 5, 'Equalize', 1, 2],
  ['Rotate', 0.2, 3, 'Solarize', 0.6, 8],
  ['Equalize', 0.6, 8, 'Posterize', 0.4, 6],
  ['Rotate', 0.8, 8, 'Color', 0.4, 0],
  ['Rotate', 0.4, 9, 'Equalize', 0.6, 2],
  ['Equalize', 0, 7, 'Equalize', 0.8, 8],
  ['Invert', 0.6, 4, 'Equalize', 1, 8],
  ['Color', 0.6, 4, 'Contrast', 1, 8],
  ['Rotate', 0.8, 8, 'Color', 1, 2],
  ['Color', 0.8, 8, 'Solarize', 0.8, 7],
  ['Sharpness', 0.4, 7, 'Invert', 0.6, 8],
  ['ShearX', 0.6, 5, 'Equalize', 1, 9],
  ['Color', 0.4, 0, 'Equalize', 0.6, 3],
  ['Equalize', 0.4, 7, 'Solarize', 0.2, 4],
  ['Solarize', 0.6, 5, 'AutoContrast', 0.6, 5],
  ['Invert', 0.6, 4, 'Equalize', 1, 8],
  ['Color', 0.6, 4, 'Contrast', 1, 8],
  ['Equalize', 0.8, 8, 'Equalize', 0.6, 3],
];

/** arXiv 1805.09501, table 7: found on a part of CIFAR-10. */
const CIFAR_10: readonly SubPolicy[] = [
  ['Invert', 0.1, 7, 'Contrast', 0.2, 6],
  ['Rotate', 0.7, 2, 'TranslateX', 0.3, 9],
  ['Sharpness', 0.8, 1, 'Sharpness', 0.9, 3],
  ['ShearY', 0.5, 8, 'TranslateY', 0.7, 9],
  ['AutoContrast', 0.5, 8, 'Equalize', 0.9, 2],
  ['ShearY', 0.2, 7, 'Posterize', 0.3, 7],
  ['Color', 0.4, 3, 'Brightness', 0.6, 7],
  ['Sharpness', 0.3, 9, 'Brightness', 0.7, 9],
  ['Equalize', 0.6, 5, 'Equalize', 0.5, 1],
  ['Contrast', 0.6, 7, 'Sharpness', 0.6, 5],
  ['Color', 0.7, 7, 'TranslateX', 0.5, 8],
  ['Equalize', 0.3, 7, 'AutoContrast', 0.4, 8],
  ['TranslateY', 0.4, 3, 'Sharpness', 0.2, 6],
  ['Brightness', 0.9, 6, 'Color', 0.2, 8],
  ['Solarize', 0.5, 2, 'Invert', 0, 3],
  ['Equalize', 0.2, 0, 'AutoContrast', 0.6, 0],
  ['Equalize', 0.2, 8, 'Equalize', 0.6, 4],
  ['Color', 0.9, 9, 'Equalize', 0.6, 6],
  ['AutoContrast', 0.8, 4, 'Solarize', 0.2, 8],
  ['Brightness', 0.1, 3, 'Color', 0.7, 0],
  ['Solarize', 0.4, 5, 'AutoContrast', 0.9, 3],
  ['TranslateY', 0.9, 9, 'TranslateY', 0.7, 9],
  ['AutoContrast', 0.9, 2, 'Solarize', 0.8, 3],
  ['Equalize', 0.8, 8, 'Invert', 0.1, 3],
  ['TranslateY', 0.7, 9, 'AutoContrast', 0.9, 1],
];

/** `v0` of TensorFlow's published code, for ImageNet: the one that SupCon's own code runs. */
const IMAGENET_V0: readonly SubPolicy[] = [
  ['Equalize', 0.8, 1, 'ShearY', 0.8, 4],
  ['Color', 0.4, 9, 'Equalize', 0.6, 3],
  ['Color', 0.4, 1, 'Rotate', 0.6, 8],
  ['Solarize', 0.8, 3, 'Equalize', 0.4, 7],
  ['Solarize', 0.4, 2, 'Solarize', 0.6, 2],
  ['Color', 0.2, 0, 'Equalize', 0.8, 8],
  ['Equalize', 0.4, 8, 'SolarizeAdd', 0.8, 3],
  ['ShearX', 0.2, 9, 'Rotate', 0.6, 8],
  ['Color', 0.6, 1, 'Equalize', 1, 2],
  ['Invert', 0.4, 9, 'Rotate', 0.6, 0],
  ['Equalize', 1, 9, 'ShearY', 0.6, 3],
  ['Color', 0.4, 7, 'Equalize', 0.6, 0],
  ['Posterize', 0.4, 6, 'AutoContrast', 0.4, 7],
  ['Solarize', 0.6, 8, 'Color', 0.6, 9],
  ['Solarize', 0.2, 4, 'Rotate', 0.8, 9],
  ['Rotate', 1, 7, 'TranslateY', 0.8, 9],
  ['ShearX', 0, 0, 'Solarize', 0.8, 4],
  ['ShearY', 0.8, 0, 'Color', 0.6, 4],
  ['Color', 1, 0, 'Rotate', 0.6, 2],
  ['Equalize', 0.8, 4, 'Equalize', 0, 8],
  ['Equalize', 1, 4, 'AutoContrast', 0.6, 2],
  ['ShearY', 0.4, 7, 'SolarizeAdd', 0.6, 7],
  ['Posterize', 0.8, 2, 'Solarize', 0.6, 10],
  ['Solarize', 0.6, 8, 'Equalize', 0.6, 1],
  ['Color', 0.8, 6, 'Rotate', 0.4, 5],
];

/** By the names of `augmentation.autoPolicy`. */
export const SUB_POLICIES = {
  'cifar-10': CIFAR_10,
  imagenet: IMAGENET,
  'imagenet-v0': IMAGENET_V0,
} as const;
