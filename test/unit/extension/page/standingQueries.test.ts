import { describe, expect, it } from 'vitest';
import type { ChartAnswer, ChartQuery } from '../../../../src/domain/series/query';
import { StandingQueries } from '../../../../src/extension/page/standingQueries';

const QUERY = {
  lines: [{ run: '/runs/a', tag: 'x' }],
  groups: [],
  axis: 'step' as const,
  range: null,
  pixels: 10,
  smoothing: 0,
  band: 'error' as const,
} satisfies ChartQuery;

/** An answer with one line of so many buckets. */
function answerOf(buckets: number): ChartAnswer {
  const column = new Float64Array(buckets);
  const columns = { x: column, min: column, max: column, last: column, smoothed: new Float64Array() };
  const ends = { last: 0, lastStep: 0, min: 0, minStep: 0, max: 0, maxStep: 0 };
  const statistics = { points: buckets, nonFinite: 0, first: 0, ...ends };
  const window = { perBucket: 1, ...columns, nonFinite: new Uint32Array(buckets) };
  return { lines: [{ run: '/runs/a', tag: 'x', from: 0, window, statistics }], bands: [] };
}

/** Queries with the ids 1 to `count`, and what each is to deliver and has had taken. */
function setUp(count: number) {
  const delivers: ((answer: ChartAnswer) => PromiseLike<unknown>)[] = [];
  const watch = (_: ChartQuery, deliver: (answer: ChartAnswer) => PromiseLike<unknown>) => {
    delivers.push(deliver);
    return { change: () => undefined, dispose: () => undefined };
  };
  const queries = new StandingQueries({ watch }, () => undefined);
  for (let id = 1; id <= count; id++) queries.ask({ type: 'watch', id, query: QUERY }, new Set(['/runs/a']));
  const taken: number[] = [];
  const deliver = (id: number, buckets: number) =>
    void delivers[id - 1]?.(answerOf(buckets)).then(() => taken.push(id));
  return { queries, deliver, taken, idsOf: () => queries.take()?.answers.map(({ id }) => id) };
}

describe('answers that wait', () => {
  it('leave together in their order, and count as taken then', async () => {
    const { deliver, taken, idsOf } = setUp(3);
    for (const id of [2, 1, 3]) deliver(id, 5);
    await Promise.resolve();
    expect(taken).toEqual([]);
    expect(idsOf()).toEqual([2, 1, 3]);
    expect(idsOf()).toBeUndefined();
    await Promise.resolve();
    expect(taken).toEqual([2, 1, 3]);
  });

  it('leave in several messages where they are large, the largest by itself', () => {
    const { deliver, idsOf } = setUp(5);
    for (const [id, buckets] of [2000, 2000, 2000, 50_000, 10].entries()) deliver(id + 1, buckets);
    expect([idsOf(), idsOf(), idsOf(), idsOf(), idsOf()]).toEqual([[1, 2], [3], [4], [5], undefined]);
  });

  it('are dropped with their query, and hold nobody up', async () => {
    const { queries, deliver, taken, idsOf } = setUp(2);
    deliver(1, 5);
    deliver(2, 5);
    queries.withdraw(1);
    expect(idsOf()).toEqual([2]);
    await Promise.resolve();
    expect(taken).toEqual([1, 2]);
  });
});
