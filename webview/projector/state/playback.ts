/**
 * Going through epochs: where one is between two of them, as a value that time moves on. Epochs whose maps are not there yet
 * are passed over, and a pass that left some out is followed by another one. Where nothing further is there it waits.
 */

/** Between two epochs of a list, by `mix`. */
export interface Playback {
  readonly epochs: readonly number[];
  /** Place in `epochs`. */
  readonly at: number;
  /** Place of the epoch that it is on the way to; means nothing while `mix` is 0. */
  readonly next: number;
  /** 0 to 1, the share of the way to the next epoch. */
  readonly mix: number;
  readonly isPlaying: boolean;
  /** True while the next map is awaited. */
  readonly isWaiting: boolean;
  /** True once this pass has left out epochs that may come yet. */
  readonly hasGaps: boolean;
}

/** What there is to play. */
export interface PlayedMaps {
  /** Whether the maps of an epoch are here. */
  readonly isReady: (epoch: number) => boolean;
  /** Whether those that are not here may come yet. */
  readonly areMoreComing: boolean;
}

/** Milliseconds from one epoch to the next at speed 1. */
export const STEP_MS = 1200;

/** How fast playback may go, in multiples of the ordinary speed. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

/** At rest at an epoch of the list, or at the nearest before it. */
export function restingAt(epochs: readonly number[], epoch: number): Playback {
  return resting(epochs, nearestBefore(epochs, epoch));
}

/** Starts to play, from the first epoch if the last is shown. */
export function played({ epochs, at }: Playback): Playback {
  const isAtEnd = at >= epochs.length - 1;
  return { ...resting(epochs, isAtEnd ? 0 : at), isPlaying: epochs.length > 1 };
}

/** Stops where it is nearest to. */
export function paused({ epochs, at, next, mix }: Playback): Playback {
  return resting(epochs, mix >= 0.5 ? next : at);
}

/** Goes by so many epochs, and stops. */
export function stepped(playback: Playback, by: number): Playback {
  const { epochs } = playback;
  return resting(epochs, Math.max(0, Math.min(epochs.length - 1, paused(playback).at + by)));
}

/** Lets time pass. */
export function advanced(
  playback: Playback,
  { elapsedMs, speed }: { readonly elapsedMs: number; readonly speed: number },
  maps: PlayedMaps,
): Playback {
  if (!playback.isPlaying) return playback;
  let now: Playback = playback;
  let left = (elapsedMs * speed) / STEP_MS;
  while (left > 0) {
    if (now.mix === 0) now = departing(now, maps);
    if (!now.isPlaying || now.isWaiting) return now;
    const step = Math.min(left, 1 - now.mix);
    left -= step;
    now = moved(now, now.mix + step);
  }
  return now.mix === 0 && isAtEnd(now) ? departing(now, maps) : now;
}

/** The same place in a list that has grown; playing goes on. */
export function withEpochs(playback: Playback, epochs: readonly number[]): Playback {
  const placeOf = (place: number) => nearestBefore(epochs, playback.epochs[place] ?? epochs.at(-1) ?? 0);
  return { ...playback, epochs, at: placeOf(playback.at), next: placeOf(playback.next) };
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

function resting(epochs: readonly number[], at: number): Playback {
  return { epochs, at, next: at, mix: 0, isPlaying: false, isWaiting: false, hasGaps: false };
}

function moved(playback: Playback, mix: number): Playback {
  return mix >= 1 - 1e-9 ? { ...playback, at: playback.next, mix: 0 } : { ...playback, mix };
}

function isAtEnd({ at, epochs }: Playback): boolean {
  return at >= epochs.length - 1;
}

/** Chooses where to go from an epoch: to the next that is there, to the first again, nowhere for now, or to an end. */
function departing(now: Playback, maps: PlayedMaps): Playback {
  const { epochs, at } = now;
  const placeFrom = (first: number) =>
    epochs.findIndex((epoch, place) => place >= first && maps.isReady(epoch));
  const here = placeFrom(at) === at ? at : Math.max(placeFrom(at), placeFrom(0));
  if (here < 0) return waiting(now, maps);
  const next = placeFrom(here + 1);
  const isLeftOut = here !== at || next > here + 1;
  const hasGaps = now.hasGaps || (isLeftOut && maps.areMoreComing);
  if (next >= 0) return { ...now, at: here, next, isWaiting: false, hasGaps };
  const there = { ...now, at: here, hasGaps };
  if (!isAtEnd(there)) return waiting(there, maps);
  return hasGaps ? beginningAnew(there, placeFrom(0), maps) : paused(there);
}

/** Another pass, from the first epoch that is there. */
function beginningAnew(now: Playback, first: number, maps: PlayedMaps): Playback {
  if (first === now.at) return waiting(now, maps);
  return { ...now, next: first, isWaiting: false, hasGaps: first > 0 && maps.areMoreComing };
}

/** Where nothing more comes, there is nothing to wait for. */
function waiting(now: Playback, { areMoreComing }: PlayedMaps): Playback {
  return areMoreComing ? { ...now, mix: 0, isWaiting: true } : paused(now);
}
