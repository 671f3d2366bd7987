/** Playback over epochs, of which some come late. */
import { describe, expect, it } from 'vitest';
import {
  advanced,
  paused,
  played,
  restingAt,
  STEP_MS,
  stepped,
  unionOfEpochs,
  withEpochs,
} from '../../../../webview/projector/state/playback';

const EPOCHS = [1, 2, 4, 8];
/** Maps of a request that is computed still. */
const coming = (isReady: (epoch: number) => boolean) => ({ isReady, areMoreComing: true });
/** Maps of a request of which nothing more comes. */
const left = (isReady: (epoch: number) => boolean) => ({ isReady, areMoreComing: false });
const all = left(() => true);
const after = (elapsedMs: number, speed = 1) => ({ elapsedMs, speed });

describe('playback', () => {
  it('passes through the epochs in time and stops at the last', () => {
    let now = advanced(played(restingAt(EPOCHS, 1)), after(STEP_MS / 4), all);
    expect(now).toMatchObject({ at: 0, mix: 0.25, isPlaying: true });
    now = advanced(now, after(STEP_MS, 2), all);
    expect(now.at).toBe(2);
    expect(now.mix).toBeCloseTo(0.25);
    expect(advanced(now, after(STEP_MS * 50), all)).toMatchObject({ at: 3, mix: 0, isPlaying: false });
  });

  it('takes as long in many frames as in one', () => {
    let now = played(restingAt(EPOCHS, 1));
    for (let frame = 0; frame < 90; frame++) now = advanced(now, after(STEP_MS / 60), all);
    const once = advanced(played(restingAt(EPOCHS, 1)), after(STEP_MS * 1.5), all);
    expect(now.at + now.mix).toBeCloseTo(once.at + once.mix);
  });

  it('waits where nothing further is there, and goes on when it is', () => {
    const there = coming((epoch) => epoch < 4);
    const waiting = advanced(played(restingAt(EPOCHS, 1)), after(STEP_MS * 1.5), there);
    expect(waiting).toMatchObject({ at: 1, mix: 0, isPlaying: true, isWaiting: true });
    expect(advanced(waiting, after(STEP_MS / 2), all)).toMatchObject({ at: 1, mix: 0.5, isWaiting: false });
    const nothing = advanced(
      played(restingAt(EPOCHS, 1)),
      after(1),
      coming(() => false),
    );
    expect(nothing).toMatchObject({ at: 0, isPlaying: true, isWaiting: true });
  });

  it('passes over what is not there, and keeps to its way when that comes meanwhile', () => {
    const now = advanced(
      played(restingAt(EPOCHS, 1)),
      after(STEP_MS / 2),
      coming((epoch) => epoch !== 2),
    );
    expect(now).toMatchObject({ at: 0, next: 2, mix: 0.5, isWaiting: false });
    expect(advanced(now, after(STEP_MS / 4), all)).toMatchObject({ at: 0, next: 2, mix: 0.75 });
    expect(paused(now)).toMatchObject({ at: 2, mix: 0, isPlaying: false });
    const late = advanced(
      played(restingAt(EPOCHS, 1)),
      after(STEP_MS / 2),
      coming((epoch) => epoch > 2),
    );
    expect(late).toMatchObject({ at: 2, next: 3, mix: 0.5 });
  });

  it('shows what it has left out in another pass, and then ends', () => {
    let now = advanced(
      played(restingAt(EPOCHS, 1)),
      after(STEP_MS * 1.5),
      coming((epoch) => epoch > 2),
    );
    expect(now).toMatchObject({ at: 3, next: 2, isPlaying: true });
    const seen: number[] = [];
    while (now.isPlaying && seen.length < 100) {
      now = advanced(now, after(STEP_MS / 10), all);
      if (now.mix === 0 || now.at !== seen.at(-1)) seen.push(now.at);
    }
    expect([...new Set(seen)]).toEqual([3, 2]);
    now = advanced(
      played(restingAt(EPOCHS, 1)),
      after(STEP_MS * 0.5),
      coming((epoch) => epoch > 2),
    );
    now = advanced(now, after(STEP_MS), all);
    expect(now).toMatchObject({ at: 3, next: 0, isPlaying: true });
    expect(advanced(now, after(STEP_MS * 9), all)).toMatchObject({ at: 3, mix: 0, isPlaying: false });
  });

  it('ends at the last that is there when nothing more comes', () => {
    const ended = { mix: 0, isPlaying: false, isWaiting: false };
    const some = left((epoch) => epoch === 2 || epoch === 4);
    expect(advanced(played(restingAt(EPOCHS, 1)), after(STEP_MS * 9), some)).toMatchObject({
      at: 2,
      ...ended,
    });
    const none = left(() => false);
    expect(advanced(played(restingAt(EPOCHS, 2)), after(STEP_MS), none)).toMatchObject({ at: 1, ...ended });
    // Gaps that stay are no reason to go round for ever.
    const gaps = left((epoch) => epoch !== 4);
    const first = advanced(
      played(restingAt(EPOCHS, 1)),
      after(1),
      coming((epoch) => epoch !== 4 && epoch !== 2),
    );
    expect(advanced(first, after(STEP_MS * 99), gaps)).toMatchObject({ at: 3, ...ended });
  });

  it('begins anew at the end, pauses at the nearer epoch, and steps within bounds', () => {
    expect(played(restingAt(EPOCHS, 8))).toMatchObject({ at: 0, isPlaying: true });
    expect(played(restingAt([3], 3)).isPlaying).toBe(false);
    const between = advanced(played(restingAt(EPOCHS, 2)), after(STEP_MS * 0.7), all);
    expect(paused(between)).toMatchObject({ at: 2, mix: 0, isPlaying: false });
    expect(stepped(restingAt(EPOCHS, 8), 1).at).toBe(3);
    expect(stepped(restingAt(EPOCHS, 1), -1).at).toBe(0);
  });

  it('stays at its epoch when a live run gets further ones', () => {
    const grown = withEpochs(restingAt([1, 2], 2), [0, 1, 2, 3]);
    expect(grown.epochs[grown.at]).toBe(2);
    expect(withEpochs(restingAt([], 0), [5]).at).toBe(0);
  });

  it('goes over the epochs of both runs', () => {
    expect(unionOfEpochs([1, 3, 5], [2, 3])).toEqual([1, 2, 3, 5]);
    expect(restingAt([2, 4], 1).at).toBe(0);
  });
});
