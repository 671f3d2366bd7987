import { describe, expect, it } from 'vitest';
import { canStop, isLive, lookOf, stateInWords } from '../../../../src/domain/display/runLook';
import { END_STATES, RUN_STATES } from '../../../../src/domain/run/state';
import { runSummary } from '../../../browser/messages';

describe('lookOf', () => {
  it('has a look of its own for every end', () => {
    const looks = END_STATES.map((endState) => lookOf({ state: 'ended', endState }));
    expect(new Set(looks.map(({ icon }) => icon)).size).toBe(END_STATES.length);
    expect(looks.map(({ word }) => word)).toEqual([...END_STATES]);
  });

  it('treats an end without a cause as unknown', () => {
    expect(lookOf({ state: 'ended', endState: null }).word).toContain('unknown');
  });
});

describe('stateInWords', () => {
  it('names the signal and the place in the queue', () => {
    expect(stateInWords(runSummary({ state: 'ended', endState: 'killed', signal: 'SIGKILL' }))).toBe(
      'killed by SIGKILL',
    );
    expect(stateInWords(runSummary({ state: 'queued', queuedBehind: 1 }))).toBe('queued behind 1 run');
    expect(stateInWords(runSummary({ state: 'queued', queuedBehind: 0 }))).toBe('queued');
  });
});

describe('liveness', () => {
  it('never calls an ended or unknown run live', () => {
    const live = RUN_STATES.filter((state) => isLive({ state }));
    expect(live).not.toContain('ended');
    expect(isLive({ state: 'unknown' })).toBe(false);
    expect(live).toHaveLength(RUN_STATES.length - 1);
  });

  it('does not offer to stop what is stopping', () => {
    expect(canStop({ state: 'running' })).toBe(true);
    expect(canStop({ state: 'stopping' })).toBe(false);
    expect(canStop({ state: 'ended' })).toBe(false);
  });
});
