import { expect, it, vi } from 'vitest';
import type { RunRecord } from '../../../../src/domain/run/record';
import { RunStore } from '../../../../src/extension/runs/runStore';
import { TableRows } from '../../../../src/extension/runs/tableRows';
import { runSummary } from '../../../browser/messages';
import { createFakeBackend } from '../fakeBackend';

function record(name: string, seed: number, temperature: number): RunRecord {
  const summary = runSummary({ id: name, name, folder: `/runs/${name}`, seed });
  return { summary, settings: { seed, name, 'loss.temperature': temperature }, figures: { knn: 0.9 } };
}

const TAG = { tag: 'loss/headroom', points: 9, nonFinite: 0, lastStep: 8, minStep: 7, maxStep: 0 };

it('are the records with their seed groups, made anew only for what has changed', () => {
  const store = new RunStore(createFakeBackend());
  const rows = new TableRows(store);
  expect(rows.rows).toBeUndefined();
  store.watch([]);
  const [a, b, c] = [record('x-s1', 1, 0.1), record('x-s2', 2, 0.1), record('y-s1', 1, 0.5)];
  store.setSource('test', [a, b, c]);
  const first = rows.rows ?? [];
  expect(first.map(({ figures }) => figures['knn'])).toEqual([0.9, 0.9, 0.9]);
  expect(first[0]?.seedGroup).toBe(first[1]?.seedGroup);
  expect(first[0]?.seedGroup).not.toBe(first[2]?.seedGroup);
  const changed = { ...b, figures: { knn: 0.95 } };
  store.setSource('test', [a, changed]);
  const second = rows.rows ?? [];
  expect(second).toHaveLength(2);
  expect(second[0]).toBe(first[0]);
  expect(second[1]?.figures).toEqual({ knn: 0.95 });
});

it('take the tags of the runs that numbers are told of, and say so', () => {
  const store = new RunStore(createFakeBackend());
  const rows = new TableRows(store);
  store.watch([]);
  store.setSource('test', [record('a', 1, 0.1), record('b', 1, 0.2)]);
  const before = rows.rows ?? [];
  const onChange = vi.fn();
  rows.onDidChange(onChange);
  const tags = [{ ...TAG, last: 0.3, min: 0.2, max: 1 }];
  rows.setNumbers([{ run: '/runs/a', tags, parameters: {}, skipped: 0, problems: [] }]);
  expect(onChange).toHaveBeenCalledOnce();
  const after = rows.rows ?? [];
  expect(after[0]?.tags).toEqual({ 'loss/headroom': { last: 0.3, min: 0.2, max: 1 } });
  expect(after[1]).toBe(before[1]);
});
