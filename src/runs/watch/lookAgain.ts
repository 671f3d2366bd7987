/**
 * Looking again and again: as soon as the system tells of a change, and at polls that come ever more seldom while there
 * is nothing new. So what lies idle costs next to nothing, and what no watch tells of is found all the same.
 */
import type { Disposable } from '../disposable';
import { createThrottle } from '../throttle';
import type { FolderChange } from './folderWatcher';
import { createFolderWatcher } from './folderWatcher';

/** What a look found. */
export interface Looked {
  /** Folders in which changes are to be expected; the first should hold the others. */
  readonly folders: readonly string[];
  /** Whether there was news, or may be without any file changing: then the next poll comes soon. */
  readonly isBusy: boolean;
}

export interface LookOptions {
  /**
   * Never called twice at a time; one that fails is tried again at the next poll.
   * @param mayHaveNames whether files may have come or gone, and not only contents have changed
   */
  readonly look: (mayHaveNames: boolean) => Promise<Looked>;
  /** Shortest time between two looks. */
  readonly gapMs: number;
  /** Time to the first poll after news; read again each time. */
  readonly pollMs: number;
  /** Longest time between polls where the system does not tell of changes; read again each time. */
  readonly blindMs?: number;
  /** Changes that ask for a look; all by default. */
  readonly heeds?: (change: FolderChange) => boolean;
  /** What was found by a look before: the first poll finds what came since. Without it, the first look comes at once. */
  readonly found?: Looked;
}

export interface LookingAgain extends Disposable {
  /** Asks for a look within the gap. */
  soon(): void;
  /** Looks at once; resolves when that is done, failed or not. */
  now(): Promise<void>;
}

/** Longest time between polls where every change is told. */
const WATCHED_MS = 30_000;
const BLIND_MS = 5000;

/** Looks until disposed. A look that is under way then still ends. */
export function lookAgain(options: LookOptions): LookingAgain {
  let pauseMs = options.pollMs;
  let mayHaveNames = true;
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;
  const act = async () => {
    const all = mayHaveNames;
    mayHaveNames = false;
    try {
      if (settle(await options.look(all))) soon();
    } catch {
      // Whoever looks tells what is wrong; the next look tries again, and at everything.
      mayHaveNames = true;
      pause(false);
    }
  };
  const settle = ({ folders, isBusy }: Looked) => {
    if (disposed) return;
    const mayHaveMissed = watcher.watch(folders);
    pause(isBusy);
    return mayHaveMissed;
  };
  const pause = (isBusy: boolean) => {
    const { pollMs, blindMs = BLIND_MS } = options;
    const mostMs = Math.max(pollMs, watcher.isReliable() ? WATCHED_MS : blindMs);
    pauseMs = isBusy ? pollMs : Math.min(2 * pauseMs, mostMs);
    clearTimeout(timer);
    if (!disposed) timer = setTimeout(soon, pauseMs);
  };
  const throttle = createThrottle({ action: act, gapMs: options.gapMs, onError: () => null });
  const soon = () => {
    mayHaveNames = true;
    throttle.soon();
  };
  const watcher = createFolderWatcher((change) => {
    if (options.heeds?.(change) === false) return;
    mayHaveNames ||= change.isRename || change.name === null;
    throttle.soon();
  });
  if (options.found === undefined) soon();
  else settle(options.found);
  return {
    soon,
    now: () => {
      mayHaveNames = true;
      return throttle.now();
    },
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      watcher.dispose();
      void throttle.dispose();
    },
  };
}
