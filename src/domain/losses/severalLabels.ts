/**
 * What samples with several labels, or soft ones, mean for a configuration: which losses can weigh them, and what a
 * person must know of the figures that read one label a sample.
 */
import type { Configuration } from '../configuration/schema';
import type { LossName } from './kinds';
import { hasForms, isClassification, lossKind } from './kinds';

/** Each of these scores one positive, or sets a margin against one label. */
const NEED_ONE_LABEL: readonly LossName[] = ['n-pairs', 'n-pairs-sohn', 'triplet', 'large-margin'];

/** Why a configuration cannot be trained on samples with several labels and what to do; undefined where it can. */
export function severalLabelsRefusal({ loss, augmentation }: Configuration): string | undefined {
  const have = 'The samples have several labels or soft ones';
  if (NEED_ONE_LABEL.some((name) => name === loss.name))
    return `${have}, and "loss.name" "${loss.name}" takes one label each: choose supcon, a joint loss or cross-entropy.`;
  if (augmentation.mix !== 'none')
    return `${have}, and "augmentation.mix" "${augmentation.mix}" blends one label each: set it to "none".`;
  if (hasForms(loss.name) && lossKind(loss.name).labels === 'used' && loss.maxPositives > 0)
    return `${have}, and "loss.maxPositives" (${loss.maxPositives}) counts whole positives: set it to 0.`;
  return undefined;
}

/** What a run says of itself where samples have several labels. @param mean labels a sample, above 0 */
export function severalLabelsText({ loss }: Configuration, mean: number): string {
  return `The samples have several labels or soft ones, ${mean.toFixed(2)} on average. ${useOf(loss)} Whatever reads one label a sample (class-balanced batches, kNN, probes, figures by class, maps) reads the heaviest, the first of equals.`;
}

/** What is added to the protocol of a figure that was measured against one label of several. */
export const HEAVIEST_LABEL = 'of several labels the heaviest counts';

function useOf({ name, overlap }: Configuration['loss']): string {
  if (isClassification(name)) return 'The loss has them as its targets, in shares of their sum.';
  if (lossKind(name).labels === 'unused') return 'The loss takes no labels.';
  return `The loss weighs pairs by how much their labels agree ("loss.overlap" is "${overlap}").`;
}
