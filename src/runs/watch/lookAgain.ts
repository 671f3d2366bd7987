/** Looking at a folder again and again: as soon as the system tells of a change, and at every poll. */
import type { Disposable } from '../disposable';
import { createThrottle } from '../throttle';
import { watchFolder } from './folderWatcher';

export interface LookOptions {
  /** Never called twice at a time; one that fails is tried again at the next poll. */
  readonly look: () => Promise<void>;
  /** Shortest time between two looks. */
  readonly gapMs: number;
  readonly pollMs: number;
}

/** Looks at once, then whenever there may be news, until disposed. A look that is under way then still ends. */
export function lookAgain(folder: string, { look, gapMs, pollMs }: LookOptions): Disposable {
  const throttle = createThrottle({ action: look, gapMs, onError: () => pollMs });
  const watcher = watchFolder(folder, () => throttle.soon());
  const poll = setInterval(() => {
    watcher.ensure();
    throttle.soon();
  }, pollMs);
  throttle.soon();
  return {
    dispose: () => {
      clearInterval(poll);
      watcher.dispose();
      void throttle.dispose();
    },
  };
}
