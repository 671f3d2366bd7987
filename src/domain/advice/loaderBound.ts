/**
 * The alert that a run waits for its data: the encoder stands idle while views are made. A share of the last steps,
 * so that the first batch and a moment of another program's work do not raise it; once a run.
 */
import type { Alert } from '../run/alert';

/** Steps over which the share is taken. */
export const WINDOW_STEPS = 50;
/** A larger share of time spent waiting is "loader-bound". */
export const LARGEST_SHARE = 0.2;

/** What the last steps spent waiting. */
export interface Waiting {
  /** Share of each step's time, oldest first, the last 50 at most. */
  readonly shares: readonly number[];
  /** The alert was due at an earlier step. */
  readonly said: boolean;
}

export const NOT_WAITING: Waiting = { shares: [], said: false };

/** What is known after one more step, which spent this share of its time waiting. */
export function observeWaiting(waiting: Waiting, share: number): Waiting {
  const shares = [...waiting.shares, share].slice(-WINDOW_STEPS);
  return { shares, said: waiting.said || isLoaderBound(waiting) };
}

/** True at the one step at which the alert is due. */
export function isLoaderBound({ shares, said }: Waiting): boolean {
  return !said && shares.length === WINDOW_STEPS && mean(shares) > LARGEST_SHARE;
}

/** The alert, naming cause and remedy. */
export function loaderBoundAlert({ shares }: Waiting, step: number, at: number): Alert {
  return {
    kind: 'loader-bound',
    severity: 'warning',
    step,
    at,
    cause: `Over the last ${WINDOW_STEPS} steps ${Math.round(100 * mean(shares))} % of the time was spent waiting for data: the augmentation cannot keep up.`,
    remedy:
      'Raise loader.workers up to the number of cores less one, draw fewer augmentation.views, or let other work on this machine finish.',
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
