import { describe, expect, it } from 'vitest';
import { delaysOf } from '../../../bench/protocol/delays.mjs';

const EVERYTHING = { from: 0, to: Infinity };
const drawing = (chart: string, at: number, steps: Record<string, number>) => ({
  chart,
  at,
  steps: Object.entries(steps),
});

describe('the delays of live steps', () => {
  it('go from the write of each step to the first drawing that holds it, a later one included', () => {
    const written = new Map([['a', [100, 150, 200]]]);
    const drawings = [drawing('loss', 120, { a: 0 }), drawing('loss', 260, { a: 2 })];
    expect(delaysOf(written, drawings, EVERYTHING)).toEqual([20, 110, 60]);
  });

  it('count each run on each chart by itself', () => {
    const written = new Map([
      ['a', [100]],
      ['b', [110]],
    ]);
    const drawings = [
      drawing('loss', 120, { a: 0 }),
      drawing('norm', 130, { a: 0, b: 0 }),
      drawing('loss', 150, { a: 0, b: 0 }),
    ];
    expect(delaysOf(written, drawings, EVERYTHING)).toEqual([20, 40, 30, 20]);
  });

  it('are infinite for what was never drawn, and leave out what was written outside the window', () => {
    const written = new Map([['a', [100, 150, 200, 250]]]);
    const drawings = [drawing('loss', 170, { a: 1 })];
    expect(delaysOf(written, drawings, { from: 150, to: 250 })).toEqual([20, Infinity]);
  });
});
