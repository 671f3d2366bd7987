import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import type { Column } from '../../../../src/domain/series/column';
import {
  append,
  bestValue,
  EMPTY_COLUMN,
  lastStep,
  lastValue,
  stepsOf,
  valuesOf,
  wallTimesOf,
} from '../../../../src/domain/series/column';

function points(steps: readonly number[], offset = 0) {
  return {
    steps: Float64Array.from(steps),
    wallTimes: Float64Array.from(steps, (step) => step + 0.5),
    values: Float64Array.from(steps, (step) => step * 10 + offset),
  };
}

describe('append', () => {
  it('behaves as a plain list under random appends and restarts, and old columns stay as they were', () => {
    const random = randomStream(7);
    let column: Column = EMPTY_COLUMN;
    let model: { step: number; value: number }[] = [];
    const history: { column: Column; values: number[] }[] = [];
    for (let round = 0; round < 300; round++) {
      const next = (model.at(-1)?.step ?? -1) + 1;
      const isRestart = random.uniform() < 0.2 && model.length > 0;
      const from = isRestart ? Math.floor(random.uniform() * (next + 1)) : next;
      const steps = Array.from({ length: Math.floor(random.uniform() * 9) }, (_, index) => from + index);
      column = append(column, points(steps, round), isRestart ? from : null);
      if (isRestart) model = model.filter(({ step }) => step < from);
      model = [...model, ...steps.map((step) => ({ step, value: step * 10 + round }))];
      history.push({ column, values: model.map(({ value }) => value) });
      expect([...stepsOf(column)]).toEqual(model.map(({ step }) => step));
      expect(lastStep(column)).toBe(model.at(-1)?.step);
    }
    for (const entry of history) expect([...valuesOf(entry.column)]).toEqual(entry.values);
  });

  it('cuts columns of unequal length to the shortest', () => {
    const ragged = { ...points([1, 2, 3]), values: Float64Array.of(5, 6) };
    const column = append(EMPTY_COLUMN, ragged, null);
    expect([...stepsOf(column)]).toEqual([1, 2]);
    expect([...wallTimesOf(column)]).toEqual([1.5, 2.5]);
  });
});

describe('reading', () => {
  it('finds last and best, and ignores what is not finite', () => {
    const values = Float64Array.of(0.2, NaN, 0.9, 0.4, Infinity);
    const column = append(EMPTY_COLUMN, { ...points([1, 2, 3, 4, 5]), values }, null);
    expect(lastValue(column)).toBe(Infinity);
    expect(bestValue(column)).toBe(0.9);
    expect(lastValue(undefined)).toBeUndefined();
    expect(bestValue(EMPTY_COLUMN)).toBeUndefined();
  });
});
