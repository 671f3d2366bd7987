/**
 * The flag between two threads: the number of the job that is wanted. A thread that computes takes no messages, but it can
 * look at shared memory, so every step of a map asks it whether it is wanted still.
 */
import type { Monitor, Positions } from '../../projection/types';
import { Cancelled } from '../../projection/types';

const NOBODY = 0;

/** Time between two messages of a kind, so that telling costs nothing beside computing. */
const PROGRESS_GAP_MS = 100;
const SNAPSHOT_GAP_MS = 250;

/** A flag that no job is wanted by. */
export function createWanted(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** From now on this job is wanted and no other; null for none. Numbers count from 1. */
export function want(wanted: Int32Array, job: number | null): void {
  Atomics.store(wanted, 0, job ?? NOBODY);
}

/** Throws `Cancelled` unless the job is wanted. */
export function checkWanted(wanted: Int32Array, job: number): void {
  if (Atomics.load(wanted, 0) !== job) throw new Cancelled();
}

/** What a monitor watches, and whom it tells. */
export interface WatchedWork {
  readonly wanted: Int32Array;
  readonly job: number;
  progress(stage: string, fraction: number): void;
  /** The array is the monitor's and changes afterwards. */
  snapshot(positions: Positions): void;
}

/** A monitor that stops work that nobody wants any more, and tells now and then. */
export function createMonitor(work: WatchedWork): Monitor {
  const { wanted, job } = work;
  const isTimeForProgress = createGap(PROGRESS_GAP_MS);
  const isTimeForSnapshot = createGap(SNAPSHOT_GAP_MS);
  return {
    check: () => checkWanted(wanted, job),
    progress(stage, fraction) {
      checkWanted(wanted, job);
      if (isTimeForProgress()) work.progress(stage, fraction);
    },
    snapshot(positions) {
      checkWanted(wanted, job);
      if (isTimeForSnapshot()) work.snapshot(positions);
    },
  };
}

/** True at most once in so many milliseconds. */
function createGap(gapMs: number): () => boolean {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < gapMs) return false;
    last = now;
    return true;
  };
}
