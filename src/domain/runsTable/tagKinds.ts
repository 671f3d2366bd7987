/**
 * What the name of a recorded tag says of its values: the unit, and which end is good. Raw contrastive losses have no
 * good end between runs, because temperature, batch and scale move them; headroom has.
 */
import { TAG } from '../metrics/tags';

export type Better = 'higher' | 'lower';

const LOWER: readonly string[] = [
  TAG.headroom,
  TAG.crossEntropyLoss,
  TAG.probeLoss,
  TAG.onlineProbeLoss,
  TAG.testCalibrationError,
  TAG.testScaledCalibrationError,
  TAG.dataWaitShare,
];
const HIGHER: readonly string[] = [TAG.viewsPerSecond, TAG.cosineMargin, TAG.cosineAuc];
const SHARES: readonly string[] = [TAG.dataWaitShare, TAG.onlineProbeBatchAccuracy];

/** Our own tags, by section: shares of samples that are right. */
const ACCURACY_TAG = /^(accuracy\/|test\/(?!expected_calibration_error)|probe\/(online_)?accuracy)/;

/** Words in tags of others. */
const HIGHER_WORD = /(^|[^a-z])(acc|accuracy|top[-_]?[15]|f1|auc|auroc|map|precision|recall|iou)([^a-z]|$)/i;
const LOWER_WORD = /(^|[^a-z])(loss|error|err|ece|mse|mae|rmse|perplexity)([^a-z]|$)/i;

/** Which end of a tag's values is good; undefined where that cannot be said. */
export function directionOf(tag: string): Better | undefined {
  if (LOWER.includes(tag)) return 'lower';
  if (HIGHER.includes(tag) || ACCURACY_TAG.test(tag)) return 'higher';
  if (OWN.has(tag)) return undefined;
  if (HIGHER_WORD.test(tag)) return 'higher';
  return LOWER_WORD.test(tag) ? 'lower' : undefined;
}

/** How the values of a tag read. Accuracies of others may be per cent already, so they stay plain numbers. */
export function kindOfTag(tag: string): 'share' | 'bytes' | 'duration' | 'number' {
  if (SHARES.includes(tag) || (OWN.has(tag) && ACCURACY_TAG.test(tag))) return 'share';
  if (tag.endsWith('_bytes')) return 'bytes';
  return tag === TAG.diagnosticsSeconds ? 'duration' : 'number';
}

const OWN: ReadonlySet<string> = new Set(Object.values(TAG));
