import { describe, expect, it } from 'vitest';
import { barOf, barWithout, jsonLine, table } from '../../../bench/protocol/report.mjs';

describe('a bar', () => {
  it('holds at its limit and beyond, on either side', () => {
    expect(barOf('ratio', { atLeast: 1.4 }, 1.4)).toEqual({
      bar: 'ratio',
      required: 1.4,
      measured: 1.4,
      holds: true,
    });
    expect(barOf('ratio', { atLeast: 1.4 }, 1.39).holds).toBe(false);
    expect(barOf('growth', { atMost: 1 }, -0.2).holds).toBe(true);
    expect(barOf('growth', { atMost: 1 }, 1.01).holds).toBe(false);
  });

  it('is judged before it is rounded, and does not hold for what is not a number', () => {
    const bar = barOf('ratio', { atLeast: 1 }, 0.999996);
    expect(bar).toMatchObject({ measured: 1, holds: false });
    expect(barOf('ratio', { atLeast: 1 }, Number.NaN).holds).toBe(false);
  });

  it('does not hold where it could not be measured, and says why', () => {
    expect(barWithout('ratio', { atLeast: 1 }, 'PyTorch is missing.')).toEqual({
      bar: 'ratio',
      required: 1,
      measured: null,
      holds: false,
      reason: 'PyTorch is missing.',
    });
  });
});

describe('the report', () => {
  const outcome = {
    results: [{ case: 'W=16', value: 48.123456, unit: 'ms/step' }],
    bars: [barOf('ratio', { atLeast: 1.2 }, 1.25), barWithout('other', { atLeast: 1 }, 'Nothing was there.')],
  };

  it('is one line of JSON with exactly what was measured', () => {
    const line = jsonLine('step', outcome, ['Some Card']);
    expect(line).not.toContain('\n');
    const parsed = JSON.parse(line) as Record<string, unknown>;
    expect(Object.keys(parsed)).toEqual(['name', 'machine', 'results', 'bars']);
    expect(parsed['machine']).toMatch(/threads, Some Card, Node v/);
    expect(parsed['results']).toEqual([{ case: 'W=16', value: 48.12, unit: 'ms/step' }]);
    expect(parsed['bars']).toHaveLength(2);
  });

  it('tells people what holds and what does not', () => {
    expect(table(outcome).split('\n')).toEqual([
      'W=16: 48.12 ms/step',
      'holds: ratio: 1.25, required 1.2',
      'DOES NOT HOLD: other: not measured, required 1: Nothing was there.',
    ]);
  });
});
