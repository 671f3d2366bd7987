/** The alert that a run waits for its data comes once, and not for a slow start. */
import { expect, test } from 'vitest';
import {
  NOT_WAITING,
  isLoaderBound,
  loaderBoundAlert,
  observeWaiting,
} from '../../../../src/domain/advice/loaderBound';

const WINDOW_STEPS = 50;
const THRESHOLDS = { waitSteps: WINDOW_STEPS, waitShare: 0.2 };

/** The steps at which the alert is due. */
function dueAt(shares: readonly number[]): number[] {
  let waiting = NOT_WAITING;
  return shares.flatMap((share, step) => {
    waiting = observeWaiting(waiting, share, THRESHOLDS);
    return isLoaderBound(waiting, THRESHOLDS) ? [step] : [];
  });
}

const repeated = (share: number, count: number) => Array<number>(count).fill(share);

test('a fifth of the time over 50 steps is the limit', () => {
  expect(dueAt(repeated(0.19, 300))).toEqual([]);
  expect(dueAt(repeated(0.21, 300))).toEqual([WINDOW_STEPS - 1]);
});

test('a first step that waits for the workers is not enough', () => {
  expect(dueAt([1, ...repeated(0.05, 300)])).toEqual([]);
});

test('it is raised when the mean of the window passes the limit, and once', () => {
  // k of 50 steps at 0.5, the others at 0: the mean passes 0.2 with k = 21.
  expect(
    dueAt([...repeated(0, 100), ...repeated(0.5, 50), ...repeated(0, 100), ...repeated(0.5, 50)]),
  ).toEqual([120]);
});

test('the alert names the share and a remedy', () => {
  const waiting = { shares: repeated(0.374, WINDOW_STEPS), said: false };
  const alert = loaderBoundAlert(waiting, 70, 5);
  expect(alert).toMatchObject({ kind: 'loader-bound', severity: 'warning', step: 70, since: 21, at: 5 });
  expect(alert.cause).toContain('37 %');
  expect(alert.remedy).toContain('loader.workers');
});
