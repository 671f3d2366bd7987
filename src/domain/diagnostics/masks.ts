/**
 * Alerts about batches in which a contrastive loss has nothing to compare: no view has a positive, or none has a
 * negative. One such batch is bad luck with small batches or many classes; several in a row are a wrong label
 * column or a wrong sampler. A healthy run of 100 classes in batches of 64 has none.
 */
import type { Alert } from '../run/alert';

/** Batches in a row before an alert. */
export const BATCHES_IN_A_ROW = 3;

/** What the masks of one step left out. */
export interface MaskObservation {
  readonly anchors: number;
  readonly withoutPositives: number;
  readonly withoutNegatives: number;
}

/** Batches in a row so far without any positive or negative; past the alert they stay where they are. */
export interface MaskStreaks {
  readonly withoutPositives: number;
  readonly withoutNegatives: number;
}

export const NO_MASK_STREAKS: MaskStreaks = { withoutPositives: 0, withoutNegatives: 0 };

/** The streaks after one more step. */
export function observeMasks(streaks: MaskStreaks, seen: MaskObservation): MaskStreaks {
  const next = (streak: number, empty: number) => {
    if (streak >= BATCHES_IN_A_ROW) return BATCHES_IN_A_ROW + 1;
    return empty === seen.anchors ? streak + 1 : 0;
  };
  return {
    withoutPositives: next(streaks.withoutPositives, seen.withoutPositives),
    withoutNegatives: next(streaks.withoutNegatives, seen.withoutNegatives),
  };
}

/** The alerts that are due at this step; each comes once in a run. */
export function maskAlerts(streaks: MaskStreaks, step: number, at: number): Alert[] {
  return [
    ...(streaks.withoutPositives === BATCHES_IN_A_ROW ? [noPositivesAlert(step, at)] : []),
    ...(streaks.withoutNegatives === BATCHES_IN_A_ROW ? [noNegativesAlert(step, at)] : []),
  ];
}

/** Nothing is pulled together: every label of the batch occurs once. */
export function noPositivesAlert(step: number, at: number): Alert {
  return {
    kind: 'no-positives',
    severity: 'error',
    step,
    at,
    cause: `No view of the last ${BATCHES_IN_A_ROW} batches had a positive: every image has one view and its class occurs once, so nothing was learnt.`,
    remedy:
      'Stop the run; set augmentation.views to 2 or more, raise stage1.batchSize, or draw several images of each class into a batch, and start again.',
  };
}

/** Nothing is pushed apart: all labels of the batch are the same. */
export function noNegativesAlert(step: number, at: number): Alert {
  return {
    kind: 'no-negatives',
    severity: 'warning',
    step,
    at,
    cause: `No view of the last ${BATCHES_IN_A_ROW} batches had a negative: all their images have the same label, so nothing was pushed apart.`,
    remedy:
      'Check the labels of the data set; raise stage1.batchSize, or draw images of several classes into each batch.',
  };
}
