import { describe, expect, it } from 'vitest';
import { answerQuery } from '../../../../src/domain/series/answer';
import { changesBetween } from '../../../../src/domain/series/changes';
import { GrowingSeries } from '../../../../src/domain/series/growingSeries';
import { SeriesOrders } from '../../../../src/domain/series/ordered';
import type { ChartAnswer, ChartQuery } from '../../../../src/domain/series/query';
import {
  bandKey,
  hold,
  lineKey,
  nearestIndex,
  NOTHING_HELD,
  spanOfY,
} from '../../../../src/domain/series/windows';

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const QUERY: ChartQuery = {
  lines: [
    { run: 'a', tag: 'loss' },
    { run: 'b', tag: 'loss' },
  ],
  groups: [{ key: 'g', runs: ['a', 'b'], tag: 'loss' }],
  axis: 'step',
  range: null,
  pixels: 20,
  smoothing: 0.6,
  band: 'range',
};

describe('what a chart holds', () => {
  it('after any changes is what one complete answer would have given', () => {
    const random = generator(11);
    const series = { a: new GrowingSeries(), b: new GrowingSeries() };
    const orders = { a: new SeriesOrders(series.a), b: new SeriesOrders(series.b) };
    const facts = { epochs: null, firstWallTime: 0, viewsPerStep: null };
    const ask = () =>
      answerQuery(QUERY, ({ run }) =>
        run === 'a' || run === 'b' ? { orders: orders[run], facts } : undefined,
      );
    let told: ChartAnswer = { lines: [], bands: [] };
    let held = NOTHING_HELD;
    for (let round = 0; round < 60; round++) {
      for (const one of [series.a, series.b]) {
        const count = Math.floor(random() * 12);
        for (let i = 0; i < count; i++) one.push(one.length, one.length, random() < 0.1 ? NaN : random());
      }
      const now = ask();
      held = hold(held, changesBetween(told, now));
      told = now;
      for (const { run, tag, window, statistics } of now.lines) {
        expect(held.lines.get(lineKey(run, tag))).toEqual({ window, statistics });
      }
      expect(held.bands.get(bandKey('g', 'loss'))).toEqual(now.bands[0].window);
    }
    expect(told.lines[0].window.perBucket).toBeGreaterThan(4);
  });

  it('drops a change that would leave a hole', () => {
    const series = new GrowingSeries();
    for (let i = 0; i < 10; i++) series.push(i, i, i);
    const whole = answerQuery({ ...QUERY, groups: [] }, () => ({
      orders: new SeriesOrders(series),
      facts: { epochs: null, firstWallTime: 0, viewsPerStep: null },
    }));
    const [line] = whole.lines;
    expect(hold(NOTHING_HELD, { lines: [{ ...line, from: 4 }], bands: [] }).lines.size).toBe(0);
  });

  it('gives a range without the tails, and none below zero for a logarithm', () => {
    const values = Float64Array.from({ length: 201 }, (_, i) => (i === 100 ? 1e6 : i / 100 - 0.5));
    const x = values.map((_, i) => i);
    const empty = new Float64Array();
    const window = {
      perBucket: 1,
      x,
      min: values,
      max: values,
      last: values,
      smoothed: empty,
      nonFinite: new Uint32Array(201),
    };
    const statistics = {
      points: 201,
      nonFinite: 0,
      first: 0,
      last: 0,
      lastStep: 0,
      min: 0,
      minStep: 0,
      max: 0,
      maxStep: 0,
    };
    const held = { lines: new Map([['k', { window, statistics }]]), bands: new Map<string, never>() };
    expect(spanOfY(held, { range: null, tails: 0, positiveOnly: false })).toEqual([-0.5, 1e6]);
    expect(spanOfY(held, { range: null, tails: 0.01, positiveOnly: false })?.[1]).toBeLessThan(2);
    expect(spanOfY(held, { range: [0, 99], tails: 0, positiveOnly: true })?.[0]).toBeCloseTo(0.01);
    expect(spanOfY(NOTHING_HELD, { range: null, tails: 0, positiveOnly: false })).toBeUndefined();
  });

  it('finds the nearest bucket as a search through all would', () => {
    const random = generator(3);
    for (let round = 0; round < 200; round++) {
      const x = Float64Array.from({ length: Math.floor(random() * 9) }, () => random()).sort();
      const place = random() * 1.4 - 0.2;
      const best = [...x].reduce(
        (found, one, i) => (Math.abs(one - place) < Math.abs((x[found] ?? Infinity) - place) ? i : found),
        -1,
      );
      expect(nearestIndex(x, place)).toBe(best);
    }
  });
});
