/**
 * The collapse alert: the loss sits on the collapse line and the projections no longer differ. Both must
 * hold for a while, because a loss may cross the line on its way and small batches are noisy.
 */
import type { Alert } from '../run/alert';

/** No alert before this step, nor before the end of the warm-up. */
export const FIRST_STEP = 100;

/** The part of "alerts" in a configuration that collapse is told by. */
export interface CollapseThresholds {
  /** |headroom - 1| below this is "on the line". */
  readonly headroomTolerance: number;
  /** Standard deviation of the projections below this share of 1/sqrt(d) is "all alike". */
  readonly deviationShare: number;
  /** Steps in a row that both must hold. */
  readonly collapseSteps: number;
}

export interface CollapseSetting extends CollapseThresholds {
  /** Of a projection. */
  readonly dimensions: number;
  readonly warmupSteps: number;
}

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
  setting: CollapseSetting,
): CollapseStreak {
  const early = seen.step < Math.max(FIRST_STEP, setting.warmupSteps);
  const onLine = Math.abs(seen.headroom - 1) < setting.headroomTolerance;
  const alike = seen.deviation < setting.deviationShare / Math.sqrt(setting.dimensions);
  return !early && onLine && alike ? streak + 1 : 0;
}

/**
 * True at a step at which the alert is due: first after `collapseSteps` steps, and while it lasts again after twice as
 * many each time, so that its last step is known without a line for every step.
 */
export function isCollapsed(
  streak: CollapseStreak,
  { collapseSteps }: Pick<CollapseThresholds, 'collapseSteps'>,
): boolean {
  return streak >= collapseSteps && Number.isInteger(Math.log2(streak / collapseSteps));
}

/** The alert after a streak that ends at a step, naming cause and remedy. */
export function collapseAlert(streak: CollapseStreak, step: number, at: number): Alert {
  return {
    kind: 'collapsed',
    severity: 'error',
    step,
    since: step - streak + 1,
    at,
    cause: `The loss has been on its collapse line for ${streak} steps and all projections are alike: the encoder maps every image to one point.`,
    remedy:
      'Stop the run; lengthen stage1.warmupEpochs, lower stage1.learningRate, or raise loss.temperature, and start again.',
  };
}
