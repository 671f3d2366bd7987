/**
 * The looks at the disk that find what nothing announced: often at runs that live, seldom at the others. Only one goes on
 * at a time, so few files are open.
 */
import type { Disposable } from '../disposable';
import type { FollowedRun } from './followedRun';

const LIVE_MS = 100;
/** New files of a living run, and news of all other runs. */
const OTHER_MS = 2000;

/** Looks at runs until disposed. */
export function createPolls(runs: () => readonly FollowedRun[]): Disposable {
  const live = repeat(LIVE_MS, async () => {
    for (const run of runs().filter(({ source }) => source.live)) await run.look({ find: false });
  });
  const other = repeat(OTHER_MS, async () => {
    for (const run of runs()) await run.look({ find: true });
  });
  return {
    dispose: () => {
      live.dispose();
      other.dispose();
    },
  };
}

/** Does something again and again, each time after it was done and a pause. */
function repeat(pauseMs: number, act: () => Promise<void>): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const next = (): void => {
    if (!isDisposed) timer = setTimeout(() => void act().finally(next), pauseMs);
  };
  next();
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
