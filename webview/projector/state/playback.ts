/**
 * Going through epochs: where one is between two of them, as a value that time moves on. It waits while one
 * of the two is not computed yet, and stops at the last one.
 */

/** Between epochs `at` and `at + 1` of a list, by `mix`. */
export interface Playback {
  readonly epochs: readonly number[];
  /** Place in `epochs`. */
  readonly at: number;
  /** 0 to 1, the share of the way to the next epoch. */
  readonly mix: number;
  readonly isPlaying: boolean;
  /** True while the next map is awaited. */
  readonly isWaiting: boolean;
}

/** Milliseconds from one epoch to the next at speed 1. */
export const STEP_MS = 1200;

/** How fast playback may go, in multiples of the ordinary speed. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

/** At rest at an epoch of the list, or at the nearest before it. */
export function restingAt(epochs: readonly number[], epoch: number): Playback {
  return { epochs, at: nearestBefore(epochs, epoch), mix: 0, isPlaying: false, isWaiting: false };
}

/** Starts to play, from the first epoch if the last is shown. */
export function played(playback: Playback): Playback {
  const isAtEnd = playback.at >= playback.epochs.length - 1;
  return { ...playback, at: isAtEnd ? 0 : playback.at, mix: 0, isPlaying: playback.epochs.length > 1 };
}

/** Stops where it is nearest to. */
export function paused(playback: Playback): Playback {
  const at = playback.mix >= 0.5 ? playback.at + 1 : playback.at;
  return { ...playback, at, mix: 0, isPlaying: false, isWaiting: false };
}

/** Goes by so many epochs, and stops. */
export function stepped(playback: Playback, by: number): Playback {
  const at = Math.max(0, Math.min(playback.epochs.length - 1, paused(playback).at + by));
  return { ...playback, at, mix: 0, isPlaying: false, isWaiting: false };
}

/** Lets time pass. `isReady` says whether the maps of an epoch are here. */
export function advanced(
  playback: Playback,
  { elapsedMs, speed }: { readonly elapsedMs: number; readonly speed: number },
  isReady: (epoch: number) => boolean,
): Playback {
  if (!playback.isPlaying) return playback;
  let { at, mix } = playback;
  let left = (elapsedMs * speed) / STEP_MS;
  while (left > 0) {
    const next = playback.epochs[at + 1];
    if (next === undefined) return { ...playback, at, mix: 0, isPlaying: false, isWaiting: false };
    const here = playback.epochs[at] ?? next;
    if (!isReady(here) || !isReady(next)) return { ...playback, at, mix: 0, isWaiting: true };
    const step = Math.min(left, 1 - mix);
    [mix, left] = [mix + step, left - step];
    if (mix >= 1 - 1e-9) [at, mix] = [at + 1, 0];
  }
  const isDone = at >= playback.epochs.length - 1;
  return { ...playback, at, mix, isPlaying: !isDone, isWaiting: false };
}

/** The same place in a list that has grown; playing goes on. */
export function withEpochs(playback: Playback, epochs: readonly number[]): Playback {
  const epoch = playback.epochs[playback.at] ?? epochs.at(-1) ?? 0;
  return { ...playback, epochs, at: nearestBefore(epochs, epoch) };
}

/** Place of an epoch in an ascending list, or of the last one before it; 0 where none is. */
export function nearestBefore(epochs: readonly number[], epoch: number): number {
  return Math.max(
    0,
    epochs.findLastIndex((one) => one <= epoch),
  );
}

/** Epochs of both sources, each once, ascending. */
export function unionOfEpochs(left: readonly number[], right: readonly number[]): number[] {
  return [...new Set([...left, ...right])].sort((a, b) => a - b);
}
