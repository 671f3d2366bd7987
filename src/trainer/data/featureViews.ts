/**
 * Random views of a feature vector: standardised, then Gaussian noise on every feature, then some features replaced
 * by their mean. Features have no geometry, so what a crop or a colour change is to an image, noise and masking are
 * to them (VIME, Yoon et al. 2020, and SCARF, Bahri et al. 2022, corrupt features in this way).
 */
import type { RandomStream } from '../../domain/random/stream';
import type { ImageAt, Normalisation } from './image';

/** Which views are drawn. */
export interface FeatureViewOptions {
  /** Standard deviation of the noise, in standard deviations of the feature. */
  readonly noise: number;
  /** Probability that a feature is replaced by its mean, 0 to 1. */
  readonly mask: number;
}

/** Draws one view of `from` into `to`, both [d]; `to` is standardised. */
export type FeatureAugmenter = (
  from: ImageAt<Float32Array>,
  to: ImageAt<Float32Array>,
  random: RandomStream,
) => void;

/** An augmenter for features with these means and standard deviations. */
export function createFeatureAugmenter(
  { noise, mask }: FeatureViewOptions,
  { mean, deviation }: Normalisation,
): FeatureAugmenter {
  return (from, to, random) => {
    for (let k = 0; k < mean.length; k++) {
      const value = (from.values[from.offset + k] - mean[k]) / deviation[k];
      const noisy = noise === 0 ? value : value + noise * random.normal();
      to.values[to.offset + k] = mask > 0 && random.uniform() < mask ? 0 : noisy;
    }
  };
}
