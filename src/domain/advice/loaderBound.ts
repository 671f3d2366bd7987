/**
 * The alert that a run waits for its data: the encoder stands idle while views are made. A share of the last steps,
 * so that the first batch and a moment of another program's work do not raise it; once a run.
 */
import type { Alert } from '../run/alert';

/** The part of "alerts" in a configuration that waiting is told by. */
export interface WaitingThresholds {
  /** Steps over which the share is taken. */
  readonly waitSteps: number;
  /** A larger share of time spent waiting is "loader-bound". */
  readonly waitShare: number;
}

/** What the last steps spent waiting. */
export interface Waiting {
  /** Share of each step's time, oldest first, those of the window at most. */
  readonly shares: readonly number[];
  /** The alert was due at an earlier step. */
  readonly said: boolean;
}

export const NOT_WAITING: Waiting = { shares: [], said: false };

/** What is known after one more step, which spent this share of its time waiting. */
export function observeWaiting(waiting: Waiting, share: number, thresholds: WaitingThresholds): Waiting {
  const shares = [...waiting.shares, share].slice(-thresholds.waitSteps);
  return { shares, said: waiting.said || isLoaderBound(waiting, thresholds) };
}

/** True at the one step at which the alert is due. */
export function isLoaderBound(
  { shares, said }: Waiting,
  { waitSteps, waitShare }: WaitingThresholds,
): boolean {
  return !said && shares.length === waitSteps && mean(shares) > waitShare;
}

/** The alert, naming cause and remedy. */
export function loaderBoundAlert({ shares }: Waiting, step: number, at: number): Alert {
  return {
    kind: 'loader-bound',
    severity: 'warning',
    step,
    since: step - shares.length + 1,
    at,
    cause: `Over the last ${shares.length} steps ${Math.round(100 * mean(shares))} % of the time was spent waiting for data: the augmentation cannot keep up.`,
    remedy:
      'Raise loader.workers up to the number of cores less one, draw fewer augmentation.views, or let other work on this machine finish.',
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
