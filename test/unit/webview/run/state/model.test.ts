import { describe, expect, it } from 'vitest';
import { stepsOf, valuesOf } from '../../../../../src/domain/series/column';
import type { HostMessage } from '../../../../../src/protocol/pages/run';
import { fold, INITIAL_MODEL } from '../../../../../webview/run/state/model';
import { ALERT, runSummary } from '../../../../browser/messages';

function points(steps: readonly number[], restart: number | null = null) {
  const columns = { steps: Float64Array.from(steps), wallTimes: Float64Array.from(steps) };
  return { tag: 'loss/optimised', ...columns, values: Float64Array.from(steps, (step) => -step), restart };
}

function snapshot(sequence: number, steps: readonly number[]): HostMessage {
  return {
    type: 'snapshot',
    sequence,
    run: runSummary(),
    trusted: true,
    series: [points(steps)],
    alerts: [],
  };
}

function delta(sequence: number, steps: readonly number[], restart: number | null = null): HostMessage {
  return { type: 'delta', sequence, run: runSummary(), series: [points(steps, restart)], alerts: [] };
}

function shownSteps(model: typeof INITIAL_MODEL): number[] {
  const column = model.series.get('loss/optimised');
  return column ? [...stepsOf(column)] : [];
}

describe('fold', () => {
  it('extends a snapshot by deltas that follow on it', () => {
    const first = fold(INITIAL_MODEL, snapshot(4, [0, 1]));
    const second = fold(first.model, delta(5, [2]));
    expect(shownSteps(second.model)).toEqual([0, 1, 2]);
    expect(second.missed).toBe(false);
    expect(shownSteps(first.model)).toEqual([0, 1]);
  });

  it('reports a gap and draws nothing of what follows it', () => {
    const { model } = fold(INITIAL_MODEL, snapshot(4, [0]));
    const folded = fold(model, delta(6, [2]));
    expect(folded.missed).toBe(true);
    expect(folded.model).toBe(model);
  });

  it('asks for a snapshot when a delta comes first', () => {
    expect(fold(INITIAL_MODEL, delta(1, [0])).missed).toBe(true);
  });

  it('ignores a delta that a newer snapshot holds already', () => {
    const { model } = fold(INITIAL_MODEL, snapshot(4, [0, 1]));
    const folded = fold(model, delta(4, [1]));
    expect(folded).toEqual({ model, missed: false });
  });

  it('accepts a snapshot with a lower number: a new host counts anew', () => {
    const { model } = fold(INITIAL_MODEL, snapshot(40, [0, 1, 2]));
    expect(shownSteps(fold(model, snapshot(1, [0, 1])).model)).toEqual([0, 1]);
  });

  it('lets a resumed segment supersede older points', () => {
    const { model } = fold(INITIAL_MODEL, snapshot(1, [0, 1, 2, 3]));
    const resumed = fold(model, delta(2, [2, 3], 2)).model;
    const column = resumed.series.get('loss/optimised');
    expect(shownSteps(resumed)).toEqual([0, 1, 2, 3]);
    expect(column && valuesOf(column)).toHaveLength(4);
  });

  it('keeps a bounded number of alerts', () => {
    let { model } = fold(INITIAL_MODEL, snapshot(0, []));
    for (let sequence = 1; sequence <= 300; sequence++) {
      const message: HostMessage = {
        type: 'delta',
        sequence,
        run: null,
        series: [],
        alerts: [{ ...ALERT, step: sequence }],
      };
      model = fold(model, message).model;
    }
    expect(model.alerts).toHaveLength(200);
    expect(model.alerts.at(-1)?.step).toBe(300);
    expect(model.run).toBeNull();
  });
});
