/** Noise: each value is changed by chance on its own. Parameters as published for CIFAR-10-C. */
import { poissonNumber } from '../random/poisson';
import { atSeverity, mapValues, type CorruptionDefinition, type CorruptionKernel } from './corruption';

const GAUSSIAN_DEVIATIONS = [0.04, 0.06, 0.08, 0.09, 0.1] as const;
const PHOTONS = [500, 250, 100, 75, 50] as const;
const REPLACED_SHARES = [0.01, 0.02, 0.03, 0.05, 0.07] as const;
const SPECKLE_DEVIATIONS = [0.06, 0.1, 0.12, 0.16, 0.2] as const;

/** x + N(0, deviation^2): a bad sensor. */
const gaussianNoise: CorruptionKernel = (picture, severity, random) => {
  const deviation = atSeverity(GAUSSIAN_DEVIATIONS, severity);
  return mapValues(picture, (value) => value + deviation * random.normal());
};

/** Poisson(photons x) / photons: few photons, variance x / photons. */
const shotNoise: CorruptionKernel = (picture, severity, random) => {
  const photons = atSeverity(PHOTONS, severity);
  return mapValues(picture, (value) => poissonNumber(random, photons * value) / photons);
};

/** A share of the values becomes 0 or 1, either as often as the other: salt and pepper in each channel. */
const impulseNoise: CorruptionKernel = (picture, severity, random) => {
  const share = atSeverity(REPLACED_SHARES, severity);
  return mapValues(picture, (value) => {
    const drawn = random.uniform();
    return drawn >= share ? value : drawn < share / 2 ? 0 : 1;
  });
};

/** x + x N(0, deviation^2): noise that grows with the light. */
const speckleNoise: CorruptionKernel = (picture, severity, random) => {
  const deviation = atSeverity(SPECKLE_DEVIATIONS, severity);
  return mapValues(picture, (value) => value + value * deviation * random.normal());
};

export const NOISE: readonly CorruptionDefinition[] = [
  { name: 'gaussian-noise', parameters: 'published', kernel: gaussianNoise },
  { name: 'shot-noise', parameters: 'published', kernel: shotNoise },
  { name: 'impulse-noise', parameters: 'published', kernel: impulseNoise },
  { name: 'speckle-noise', parameters: 'published', kernel: speckleNoise },
];
