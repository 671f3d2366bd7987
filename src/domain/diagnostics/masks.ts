/**
 * Alerts about batches in which a contrastive loss has nothing to compare: no view has a positive, or none has a
 * negative. One such batch is bad luck with small batches or many classes; several in a row are a wrong label
 * column or a wrong sampler. A healthy run of 100 classes in batches of 64 has none.
 */
import type { Alert } from '../run/alert';

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

/** The streaks after one more step. `inARow` batches are worth an alert. */
export function observeMasks(streaks: MaskStreaks, seen: MaskObservation, inARow: number): MaskStreaks {
  const next = (streak: number, empty: number) => {
    if (streak >= inARow) return inARow + 1;
    return empty === seen.anchors ? streak + 1 : 0;
  };
  return {
    withoutPositives: next(streaks.withoutPositives, seen.withoutPositives),
    withoutNegatives: next(streaks.withoutNegatives, seen.withoutNegatives),
  };
}

/** The alerts that are due at this step; each comes once in a run. */
export function maskAlerts(streaks: MaskStreaks, inARow: number, { step, at }: Moment): Alert[] {
  const moment = { step, since: step - inARow + 1, at };
  return [
    ...(streaks.withoutPositives === inARow ? [noPositivesAlert(inARow, moment)] : []),
    ...(streaks.withoutNegatives === inARow ? [noNegativesAlert(inARow, moment)] : []),
  ];
}

type Moment = Pick<Alert, 'step' | 'at' | 'since'>;

/** Nothing is pulled together: every label of the batch occurs once. */
function noPositivesAlert(inARow: number, moment: Moment): Alert {
  return {
    kind: 'no-positives',
    severity: 'error',
    ...moment,
    cause: `No view of the last ${inARow} batches had a positive: every image has one view and its class occurs once, so nothing was learnt.`,
    remedy:
      'Stop the run; set augmentation.views to 2 or more, raise stage1.batchSize, or draw several images of each class into a batch, and start again.',
  };
}

/** Nothing is pushed apart: all labels of the batch are the same. */
function noNegativesAlert(inARow: number, moment: Moment): Alert {
  return {
    kind: 'no-negatives',
    severity: 'warning',
    ...moment,
    cause: `No view of the last ${inARow} batches had a negative: all their images have the same label, so nothing was pushed apart.`,
    remedy:
      'Check the labels of the data set; raise stage1.batchSize, or draw images of several classes into each batch.',
  };
}
