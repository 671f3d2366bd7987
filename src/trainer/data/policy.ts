/**
 * The policies of augmentation as what they are made of. Crop and flip come first in all of them.
 */
import { isModulePath } from '../../domain/configuration/modulePath';
import type { Configuration } from '../../domain/configuration/schema';
import type { AugmentationOptions } from './viewPlan';

type Settings = Configuration['augmentation'];
/** What a policy decides: everything but crop and flip. */
type Policy = Omit<AugmentationOptions, 'crop' | 'flip'>;

const NOTHING: Policy = { jitter: null, grey: 0, operations: null, warp: 0, blur: null };

/** What the configured policy asks of the augmenter. */
export function policyOf(settings: Settings): Policy {
  // A module of the user's own does everything but crop and flip.
  if (isModulePath(settings.policy)) return NOTHING;
  switch (settings.policy) {
    case 'jitter':
      return jitterOf(settings);
    case 'sim':
      return simAugment(settings);
    case 'auto':
      return { ...NOTHING, operations: { kind: 'auto', policy: settings.autoPolicy } };
    case 'rand':
      return { ...NOTHING, operations: randAugment(settings) };
    case 'stacked-rand':
      return { ...simAugment(settings), operations: randAugment(settings) };
  }
}

function jitterOf(settings: Settings): Policy {
  const { jitter, brightness, contrast, saturation, hue, grey, blur, blurSigma } = settings;
  return {
    ...NOTHING,
    jitter: jitter === 0 ? null : { probability: jitter, brightness, contrast, saturation, hue },
    grey,
    blur: blur === 0 ? null : { probability: blur, sigma: blurSigma },
  };
}

/**
 * SimAugment (arXiv 2004.11362, section 4.3; SimCLR, arXiv 2002.05709, appendix A): jitter of strength s in four cases
 * of five, grey in one of five, blur in every other. Brightness is a factor here as in torchvision and the second
 * SimCLR; the first one adds it.
 */
function simAugment({ strength, warp }: Settings): Policy {
  const spread = 0.8 * strength;
  return {
    ...NOTHING,
    jitter: {
      probability: 0.8,
      brightness: spread,
      contrast: spread,
      saturation: spread,
      hue: 0.2 * strength,
    },
    grey: 0.2,
    warp,
    blur: { probability: 0.5, sigma: [0.1, 2] },
  };
}

function randAugment({ randLayers, randMagnitude }: Settings): AugmentationOptions['operations'] {
  return { kind: 'rand', layers: randLayers, magnitude: randMagnitude };
}
