/**
 * The collapse alert: the loss sits on the collapse line and the projections no longer differ. Both must
 * hold for a while, because a loss may cross the line on its way and small batches are noisy.
 */
import type { Alert } from '../run/alert';

/** No alert before this step, nor before the end of the warm-up. */
export const FIRST_STEP = 100;
/** |headroom - 1| below this is "on the line". */
export const HEADROOM_TOLERANCE = 0.02;
/** Standard deviation of the projections below this share of 1/sqrt(d) is "all alike". */
export const DEVIATION_SHARE = 0.1;
/** Steps in a row that both must hold. */
export const STEPS_IN_A_ROW = 50;

export interface CollapseObservation {
  readonly step: number;
  readonly headroom: number;
  /** Mean over dimensions of the standard deviation of the normalised projections. */
  readonly deviation: number;
}

/** Steps in a row so far that looked collapsed; start with 0. */
export type CollapseStreak = number;

/** The streak after one more step. */
export function observeCollapse(
  streak: CollapseStreak,
  seen: CollapseObservation,
  setting: { readonly dimensions: number; readonly warmupSteps: number },
): CollapseStreak {
  const early = seen.step < Math.max(FIRST_STEP, setting.warmupSteps);
  const onLine = Math.abs(seen.headroom - 1) < HEADROOM_TOLERANCE;
  const alike = seen.deviation < DEVIATION_SHARE / Math.sqrt(setting.dimensions);
  return !early && onLine && alike ? streak + 1 : 0;
}

/** True at the one step at which the alert is due. */
export function isCollapsed(streak: CollapseStreak): boolean {
  return streak === STEPS_IN_A_ROW;
}

/** The alert, naming cause and remedy. */
export function collapseAlert(step: number, at: number): Alert {
  return {
    kind: 'collapsed',
    severity: 'error',
    step,
    at,
    cause: `The loss has been on its collapse line for ${STEPS_IN_A_ROW} steps and all projections are alike: the encoder maps every image to one point.`,
    remedy:
      'Stop the run; lengthen stage1.warmupEpochs, lower stage1.learningRate, or raise loss.temperature, and start again.',
  };
}
