/**
 * What each loss is and needs: the one place that knows which name means a contrastive objective, which head
 * stands on the encoder, whether labels choose the positives, and which temperature it has.
 */

import { isModulePath } from '../configuration/modulePath';
import type { Configuration } from '../configuration/schema';

/** Every loss of `loss.name`. */
export const LOSS_NAMES = [
  'supcon',
  'cross-entropy',
  'simclr',
  'n-pairs',
  'n-pairs-sohn',
  'triplet',
  'large-margin',
  'supcon+simclr',
  'supcon+cross-entropy',
] as const;

export type LossName = (typeof LOSS_NAMES)[number];

/** A loss of ours, or the path of a module. */
export type AnyLoss = Configuration['loss']['name'];

export interface LossKind {
  /** Contrastive losses compare views with each other; classification compares each with its label. */
  readonly objective: 'contrastive' | 'classification';
  /**
   * `projection` is L2-normalised, `plain-projection` is not; a `margin-classifier` has no bias, because its loss
   * works with the lengths of its weights; `projection+classifier` is both on one encoder.
   */
  readonly head:
    'projection' | 'plain-projection' | 'classifier' | 'margin-classifier' | 'projection+classifier';
  /** Whether labels say which views are positives. */
  readonly labels: 'used' | 'unused';
  /** `one`: tau is 1 by definition; `none`: the formula has no temperature, so `loss.scale` is 1 too. */
  readonly temperature: 'configured' | 'one' | 'none';
}

const KINDS: Readonly<Record<LossName, LossKind>> = {
  supcon: contrastive({}),
  simclr: contrastive({ labels: 'unused' }),
  'n-pairs': contrastive({ temperature: 'one' }),
  'n-pairs-sohn': contrastive({ head: 'plain-projection', temperature: 'one' }),
  triplet: contrastive({ temperature: 'none' }),
  'supcon+simclr': contrastive({}),
  'supcon+cross-entropy': contrastive({ head: 'projection+classifier' }),
  'cross-entropy': classification('classifier'),
  'large-margin': classification('margin-classifier'),
};

/** A loss of the user's own compares projections; what it does with a temperature is its own affair. */
const OWN = contrastive({ temperature: 'none' });

/** The kind of a loss. */
export function lossKind(name: AnyLoss): LossKind {
  return isModulePath(name) ? OWN : KINDS[name];
}

/** Whether views are compared with each other, alone or beside a classifier. */
export function isContrastive(name: AnyLoss): boolean {
  return lossKind(name).objective === 'contrastive';
}

/** Whether what stage 1 trains is a classifier and nothing else. */
export function isClassification(name: AnyLoss): boolean {
  return lossKind(name).objective === 'classification';
}

/** Whether `sum`, `denominator` and `anchors` choose between forms of a loss; the others have one form. */
export function hasForms(name: AnyLoss): boolean {
  return isContrastive(name) && lossKind(name).temperature === 'configured';
}

function contrastive(differs: Partial<LossKind>): LossKind {
  return {
    objective: 'contrastive',
    head: 'projection',
    labels: 'used',
    temperature: 'configured',
    ...differs,
  };
}

function classification(head: LossKind['head']): LossKind {
  return { objective: 'classification', head, labels: 'used', temperature: 'none' };
}
