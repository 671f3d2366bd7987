/** Lets the playback's time pass, once a frame while it plays. With reduced motion it goes from epoch to epoch. */
import { isMotionReduced } from '../render/motion';
import type { Playback } from '../state/playback';
import { advanced } from '../state/playback';
import type { Store } from '../state/store';
import { areMapsHere, epochsAt } from '../state/view';

/** The longest step of time that one frame may make, so that a tab that was hidden does not rush. */
const LONGEST_FRAME_MS = 100;

/** Starts to follow the store. */
export function followPlayback(store: Store): void {
  let last: number | undefined;
  let carriedMs = 0;
  let isRunning = false;
  const frame = (now: number) => {
    const { playback } = store.view;
    if (!playback.isPlaying) {
      isRunning = false;
      return;
    }
    carriedMs += Math.min(LONGEST_FRAME_MS, now - (last ?? now));
    last = now;
    const maps = { isReady: readyIn(store), areMoreComing: store.model.isComputing };
    const next = advanced(playback, { elapsedMs: carriedMs, speed: store.layout.speed }, maps);
    const jumps = isMotionReduced() && next.at === playback.at && next.isPlaying && !next.isWaiting;
    if (!jumps) carriedMs = 0;
    if (!jumps && next !== playback) store.look({ playback: isMotionReduced() ? { ...next, mix: 0 } : next });
    requestAnimationFrame(frame);
  };
  store.onChange(() => {
    if (isRunning || !store.view.playback.isPlaying) return;
    isRunning = true;
    last = undefined;
    carriedMs = 0;
    requestAnimationFrame(frame);
  });
}

/** Whether the maps of an epoch of the playback are here. */
export function readyIn(store: Store): (epoch: number) => boolean {
  return (epoch) => isReady(store, store.view.playback, epoch);
}

function isReady({ model, view }: Store, { epochs }: Playback, epoch: number): boolean {
  return areMapsHere(model, epochsAt(model, view, epochs.indexOf(epoch)));
}
