/** Which keys a policy of augmentation uses, and which losses can weigh blended labels. */
import type { ModulePath } from '../modulePath';
import { isModulePath } from '../modulePath';
import * as v from 'valibot';
import type { Configuration } from '../schema';
import { augmentation as section } from '../sections/augmentation';
import type { Rule } from './rule';

type Settings = Configuration['augmentation'];

const DEFAULTS = v.parse(section, {});

/** The keys that belong to some policies alone, by policy. */
const KEYS_OF_POLICY: Readonly<Record<Exclude<Settings['policy'], ModulePath>, readonly (keyof Settings)[]>> =
  {
    jitter: ['jitter', 'brightness', 'contrast', 'saturation', 'hue', 'grey', 'blur', 'blurSigma'],
    sim: ['strength', 'warp'],
    auto: ['autoPolicy'],
    rand: ['randLayers', 'randMagnitude'],
    'stacked-rand': ['strength', 'warp', 'randLayers', 'randMagnitude'],
  };

/** A key that was changed and has no effect would let somebody compare what does not differ. */
const policyUsesKeys: Rule = ({ augmentation }) => {
  // What a module reads of the section, nobody knows.
  if (isModulePath(augmentation.policy)) return undefined;
  const used = KEYS_OF_POLICY[augmentation.policy];
  const idle = Object.values(KEYS_OF_POLICY)
    .flat()
    .find((key) => !used.includes(key) && String(augmentation[key]) !== String(DEFAULTS[key]));
  return idle === undefined
    ? undefined
    : `"augmentation.${idle}" has no effect with "augmentation.policy" "${augmentation.policy}"; leave it out, or change the policy.`;
};

const mixNeedsCrossEntropy: Rule = ({ augmentation, loss }) =>
  augmentation.mix !== 'none' && loss.name !== 'cross-entropy'
    ? `"augmentation.mix" "${augmentation.mix}" needs "loss.name" "cross-entropy": a blend of two classes has no positives, so the loss "${loss.name}" cannot use it; set it to "none".`
    : undefined;

export const augmentationRules: readonly Rule[] = [policyUsesKeys, mixNeedsCrossEntropy];
