import { describe, expect, it } from 'vitest';
import { BusyMachineError, measureRounds, MOST_REPEATS, rotated } from '../../../bench/protocol/rounds.mjs';

/** A guard that reads these times in turn, the last one for ever. */
function guardOf(...times: number[]) {
  let at = 0;
  return {
    read: () => Promise.resolve({ ms: times[Math.min(at++, times.length - 1)], share: 1 }),
  };
}

/** A side whose rounds measure these lists in turn. */
function sideOf(name: string, calls: string[], ...rounds: number[][]) {
  let at = 0;
  return {
    name,
    measure: () => {
      calls.push(name);
      return Promise.resolve(rounds[at++ % rounds.length]);
    },
  };
}

describe('rounds', () => {
  const log = (): void => undefined;

  it('give the median over rounds of the medians in each, side by side', async () => {
    const calls: string[] = [];
    const sides = [sideOf('a', calls, [1, 9, 2], [5, 5], [3]), sideOf('b', calls, [10], [30], [20])];
    const medians = await measureRounds(sides, { guard: guardOf(100), rounds: 3, log, settleMs: 0 });
    expect([...medians]).toEqual([
      ['a', 3],
      ['b', 20],
    ]);
    expect(calls).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
  });

  it('drop and repeat a round in which the matrix product moved', async () => {
    const lines: string[] = [];
    const side = sideOf('a', [], [999], [7]);
    const medians = await measureRounds([side], {
      guard: guardOf(100, 150, 100, 100),
      rounds: 1,
      settleMs: 0,
      log: (line: string) => lines.push(line),
    });
    expect(medians.get('a')).toBe(7);
    expect(lines).toEqual([expect.stringContaining('moved by 50 %'), expect.stringContaining('a 7.0')]);
  });

  it('give up on a machine that is never quiet, and say so', async () => {
    const calls: string[] = [];
    const guard = { read: () => Promise.resolve({ ms: 100, share: 0.5 }) };
    const measuring = measureRounds([sideOf('a', calls, [1])], { guard, rounds: 1, log, settleMs: 0 });
    await expect(measuring).rejects.toThrow(BusyMachineError);
    await expect(measuring).rejects.toThrow(/This machine is not quiet: .*50 %/);
    expect(calls).toHaveLength(1 + MOST_REPEATS);
  });
});

describe('the order of a round', () => {
  it('begins with another side each time', () => {
    expect([0, 1, 2, 3].map((by) => rotated(['a', 'b', 'c'], by).join(''))).toEqual([
      'abc',
      'bca',
      'cab',
      'abc',
    ]);
    expect(rotated([], 2)).toEqual([]);
  });
});
