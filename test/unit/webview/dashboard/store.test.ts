import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { INITIAL_MODEL } from '../../../../webview/dashboard/state/model';
import { Store } from '../../../../webview/dashboard/state/store';

describe('the store of the dashboard', () => {
  let frames: (() => void)[] = [];
  const nextFrame = () => frames.splice(0).forEach((draw) => draw());
  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('has everything drawn anew once a frame for news, and never for a message that only counts', () => {
    const store = new Store(() => undefined);
    const draw = vi.fn();
    store.onChange(draw);
    for (const sequence of [1, 2]) store.setModel({ ...store.model, sequence, runs: [] });
    nextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
    store.setModel({ ...store.model, sequence: 3 });
    nextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
    expect(store.model).toEqual({ ...INITIAL_MODEL, sequence: 3 });
    store.setModel({ ...store.model, sequence: 4, figures: new Map() });
    nextFrame();
    expect(draw).toHaveBeenCalledTimes(2);
  });
});
