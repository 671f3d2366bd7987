import { describe, expect, it } from 'vitest';
import { createSeriesStore, type Columns, type SeriesStore } from '../../../../src/formats/events/series';

function storeOf(steps: readonly number[], tag = 'loss'): SeriesStore {
  const store = createSeriesStore();
  for (const step of steps) {
    store.scalar(tag, step, 100 + step, step / 2);
  }
  return store;
}

function stepsOf(columns: Columns | undefined): number[] {
  return [...(columns?.steps ?? [])];
}

describe('series', () => {
  it('hold columns per tag however long they grow', () => {
    const steps = Array.from({ length: 1000 }, (_, i) => i);
    const store = storeOf(steps);
    store.scalar('other', 1, 2, NaN);
    const loss = store.series.get('loss');
    expect(loss?.length).toBe(1000);
    expect(stepsOf(loss?.columns())).toEqual(steps);
    expect([...(loss?.columns(998).values ?? [])]).toEqual([499, 499.5]);
    expect([...(loss?.columns(998).wallTimes ?? [])]).toEqual([1098, 1099]);
    expect(store.series.get('other')?.columns().values[0]).toBeNaN();
  });

  it('give up the points from a restart on, and keep them apart', () => {
    const store = storeOf([0, 1, 2, 3, 4]);
    store.scalar('late', 4, 0, 0);
    store.sessionStart(3, 200);
    store.scalar('loss', 3, 203, 9);
    const loss = store.series.get('loss');
    expect(stepsOf(loss?.columns())).toEqual([0, 1, 2, 3]);
    expect(loss?.columns().values[3]).toBe(9);
    expect(loss?.superseded).toHaveLength(1);
    expect(loss?.superseded[0].restart).toBe(3);
    expect(stepsOf(loss?.superseded[0])).toEqual([3, 4]);
    expect(store.series.get('late')?.length).toBe(0);
  });

  it('remember every restart, and nothing for one that superseded nothing', () => {
    const store = storeOf([0, 1, 2]);
    store.sessionStart(3, 0);
    expect(store.series.get('loss')?.superseded).toEqual([]);
    store.sessionStart(2, 0);
    store.scalar('loss', 2, 0, 0);
    store.sessionStart(0, 0);
    const superseded = store.series.get('loss')?.superseded ?? [];
    expect(superseded.map(stepsOf)).toEqual([[2], [0, 1, 2]]);
    expect(store.series.get('loss')?.length).toBe(0);
  });

  it('also when steps do not ascend', () => {
    const store = storeOf([5, 1, 7, 2]);
    store.sessionStart(4, 0);
    expect(stepsOf(store.series.get('loss')?.columns())).toEqual([1, 2]);
    expect(stepsOf(store.series.get('loss')?.superseded[0])).toEqual([5, 7]);
  });

  it('leave columns that were handed out as they were', () => {
    const store = storeOf(Array.from({ length: 60 }, (_, i) => i));
    const before = store.series.get('loss')?.columns();
    store.sessionStart(10, 0);
    for (let step = 10; step < 100; step++) {
      store.scalar('loss', step, 0, -1);
    }
    expect(stepsOf(before)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(before?.values[59]).toBe(29.5);
  });
});
