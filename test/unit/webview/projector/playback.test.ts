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
const all = () => true;
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

  it('waits for an epoch that is not computed, and goes on when it is', () => {
    const waiting = advanced(played(restingAt(EPOCHS, 1)), after(STEP_MS * 1.5), (epoch) => epoch < 4);
    expect(waiting).toMatchObject({ at: 1, mix: 0, isPlaying: true, isWaiting: true });
    expect(advanced(waiting, after(STEP_MS / 2), all)).toMatchObject({ at: 1, mix: 0.5, isWaiting: false });
  });

  it('waits for the first epoch too, when later ones come before it', () => {
    const now = advanced(played(restingAt(EPOCHS, 1)), after(STEP_MS / 2), (epoch) => epoch > 1);
    expect(now).toMatchObject({ at: 0, mix: 0, isWaiting: true });
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
