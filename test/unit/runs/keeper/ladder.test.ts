import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StopLadder } from '../../../../src/domain/run/state';
import { createLadder } from '../../../../src/runs/keeper/ladder';

const deadlines = { askedMs: 20_000, interruptedMs: 10_000 };
let taken: StopLadder[] = [];
const levels = () => taken.map(({ level }) => level);
const ladder = () => createLadder({ deadlines, take: (stop) => void taken.push(stop) });

beforeEach(() => {
  taken = [];
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => void vi.useRealTimers());

describe('the stop ladder', () => {
  it('climbs when each deadline passes, and shows the next one', () => {
    ladder().ask();
    expect(taken).toEqual([{ level: 'asked', since: 1_000_000, deadline: 1_020_000 }]);
    vi.advanceTimersByTime(19_999);
    expect(levels()).toEqual(['asked']);
    vi.advanceTimersByTime(1);
    expect(taken[1]).toEqual({ level: 'interrupted', since: 1_020_000, deadline: 1_030_000 });
    vi.advanceTimersByTime(10_000);
    expect(taken[2]).toEqual({ level: 'killed', since: 1_030_000, deadline: null });
    vi.advanceTimersByTime(1_000_000);
    expect(taken).toHaveLength(3);
  });

  it('is asked once, however often', () => {
    const stop = ladder();
    stop.ask();
    vi.advanceTimersByTime(5000);
    stop.ask();
    vi.advanceTimersByTime(15_000);
    expect(levels()).toEqual(['asked', 'interrupted']);
  });

  it('skips the polite rung by force, and climbs on by more force', () => {
    const stop = ladder();
    stop.force();
    stop.force();
    stop.force();
    stop.ask();
    vi.advanceTimersByTime(100_000);
    expect(levels()).toEqual(['interrupted', 'killed']);
  });

  it('takes no more rungs when the trainer has ended', () => {
    const stop = ladder();
    stop.ask();
    stop.end();
    vi.advanceTimersByTime(100_000);
    expect(levels()).toEqual(['asked']);
  });
});
