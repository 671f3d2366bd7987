import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle } from '../../../src/runs/throttle';

const never = () => null;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createThrottle', () => {
  it('runs the first request at once and gathers the next ones until the gap has passed', async () => {
    const action = vi.fn();
    const throttle = createThrottle({ action, gapMs: 500, onError: never });
    throttle.soon();
    await vi.advanceTimersByTimeAsync(1);
    expect(action).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 10; i++) throttle.soon();
    await vi.advanceTimersByTimeAsync(498);
    expect(action).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(action).toHaveBeenCalledTimes(2);
  });

  it('never loses a request that arrives while the action runs', async () => {
    let runs = 0;
    const action = async () => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    };
    const throttle = createThrottle({ action, gapMs: 10, onError: never });
    throttle.soon();
    await vi.advanceTimersByTimeAsync(100);
    throttle.soon();
    await vi.advanceTimersByTimeAsync(2000);
    expect(runs).toBe(2);
  });

  it('runs at once for now, but never two at a time', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const action = async () => {
      runs++;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running--;
    };
    const throttle = createThrottle({ action, gapMs: 1000, onError: never });
    const all = Promise.all([throttle.now(), throttle.now(), throttle.now()]);
    await vi.advanceTimersByTimeAsync(200);
    await all;
    expect([runs, most]).toEqual([3, 1]);
  });

  it('tries again after a failure, as the owner says', async () => {
    let fail = true;
    const action = vi.fn(() => {
      if (fail) throw new Error('disk full');
    });
    const onError = vi.fn(() => 2000);
    const throttle = createThrottle({ action, gapMs: 10, onError });
    await throttle.now();
    expect(onError).toHaveBeenCalledTimes(1);
    fail = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(action).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(action).toHaveBeenCalledTimes(2);
  });

  it('does nothing any more once disposed', async () => {
    const action = vi.fn();
    const throttle = createThrottle({ action, gapMs: 10, onError: never });
    throttle.soon();
    await throttle.dispose();
    throttle.soon();
    await throttle.now();
    await vi.advanceTimersByTimeAsync(1000);
    expect(action).not.toHaveBeenCalled();
  });
});
