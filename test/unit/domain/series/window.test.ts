/** Windows and statistics against brute force, over random series that grow, restart and go back. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { answerQuery, type LineSource } from '../../../../src/domain/series/answer';
import { changesBetween, isEmptyAnswer } from '../../../../src/domain/series/changes';
import { GrowingSeries } from '../../../../src/domain/series/growingSeries';
import { ascendingOrder, SeriesOrders } from '../../../../src/domain/series/ordered';
import type { ChartAnswer, ChartQuery, LineChange } from '../../../../src/domain/series/query';

const LINE = { run: 'r', tag: 't' };
const QUERY: ChartQuery = {
  ...{ lines: [LINE], groups: [], axis: 'step', range: null, pixels: 100, smoothing: 0, band: 'deviation' },
};

interface Point {
  readonly x: number;
  readonly y: number;
}

function sourceOf(series: GrowingSeries): LineSource {
  return {
    orders: new SeriesOrders(series),
    facts: { epochs: null, firstWallTime: 0, viewsPerStep: null },
  };
}

function lineOf(answer: ChartAnswer): LineChange {
  const line = answer.lines.at(0);
  if (line === undefined) throw new Error('There is no line');
  return line;
}

function ask(source: LineSource, more: Partial<ChartQuery> = {}): ChartAnswer {
  return answerQuery({ ...QUERY, ...more }, () => source);
}

/** Values of which some are not finite, some repeat. */
function randomValue(random: RandomStream): number {
  const kind = random.integer(12);
  return [Number.NaN, Infinity, -Infinity, 0].at(kind) ?? Math.round(random.normal() * 1000) / 10;
}

/** What a window over a range must say of points in order of x: whole buckets, and one point beyond each end. */
function expectWindow(
  { window }: LineChange,
  points: readonly Point[],
  { pixels, range }: Pick<ChartQuery, 'pixels' | 'range'>,
): void {
  const { perBucket } = window;
  expect(Math.log2(perBucket) % 1).toBe(0);
  expect(window.x.length).toBeLessThanOrEqual(Math.max(2, 2 * pixels));
  const [from, to] = range ?? [-Infinity, Infinity];
  const first = Math.max(0, points.filter(({ x }) => x < from).length - 1);
  const end = Math.min(points.length, points.filter(({ x }) => x <= to).length + 1);
  const firstBucket = Math.floor(first / perBucket);
  const buckets = Array.from({ length: Math.ceil(end / perBucket) - firstBucket }, (_, i) =>
    points.slice((firstBucket + i) * perBucket, (firstBucket + i + 1) * perBucket),
  );
  expect(window.x).toHaveLength(buckets.length);
  buckets.forEach((bucket, i) => {
    const finite = bucket.map(({ y }) => y).filter(Number.isFinite);
    expect(window.x[i]).toBe(bucket.at(-1)?.x);
    expect(window.nonFinite[i]).toBe(bucket.length - finite.length);
    expect(window.min[i]).toBe(finite.length === 0 ? Number.NaN : Math.min(...finite));
    expect(window.max[i]).toBe(finite.length === 0 ? Number.NaN : Math.max(...finite));
    expect(window.last[i]).toBe(finite.at(-1) ?? Number.NaN);
  });
}

function expectStatistics({ statistics }: LineChange, points: readonly Point[]): void {
  const finite = points.filter(({ y }) => Number.isFinite(y));
  const lowest = finite.reduce<Point | undefined>((best, p) => (best && best.y <= p.y ? best : p), undefined);
  const highest = finite.reduce<Point | undefined>(
    (best, p) => (best && best.y >= p.y ? best : p),
    undefined,
  );
  expect(statistics).toEqual({
    points: points.length,
    nonFinite: points.length - finite.length,
    first: finite[0]?.y ?? Number.NaN,
    last: finite.at(-1)?.y ?? Number.NaN,
    lastStep: finite.at(-1)?.x ?? Number.NaN,
    min: lowest?.y ?? Number.NaN,
    minStep: lowest?.x ?? Number.NaN,
    max: highest?.y ?? Number.NaN,
    maxStep: highest?.x ?? Number.NaN,
  });
}

describe('windows and statistics', () => {
  it('are exact over every range, while a series grows, restarts and goes back', () => {
    const random = new RandomStream(11);
    for (let trial = 0; trial < 40; trial++) {
      const series = new GrowingSeries();
      const source = sourceOf(series);
      const goesBack = trial % 2 === 1;
      let recorded: Point[] = [];
      let step = 0;
      for (let round = 0; round < 8; round++) {
        for (let i = random.integer(400); i > 0; i--) {
          const point = { x: (step += random.integer(3)), y: randomValue(random) };
          recorded.push(point);
          series.push(point.x, point.x, point.y);
        }
        if (goesBack && random.integer(3) === 0) step = Math.max(0, step - random.integer(100));
        if (random.integer(4) === 0) {
          const restart = Math.max(0, step - random.integer(60));
          recorded = recorded.filter(({ x }) => x < restart);
          series.supersedeFrom(restart);
        }
        if (recorded.length === 0) continue;
        const points = recorded.toSorted((a, b) => a.x - b.x);
        const pixels = 1 + random.integer(60);
        const whole = lineOf(ask(source, { pixels }));
        expectWindow(whole, points, { pixels, range: null });
        expectStatistics(whole, points);
        expect(series.statistics().min).toBe(whole.statistics.min);
        const from = random.integer(step + 1);
        const range = [from, from + random.integer(step + 1)] as const;
        const part = lineOf(ask(source, { pixels, range }));
        expectWindow(part, points, { pixels, range });
        expectStatistics(
          part,
          points.filter(({ x }) => x >= range[0] && x <= range[1]),
        );
      }
    }
  });

  it('show every recorded point where there is room', () => {
    const series = new GrowingSeries();
    [3, 3, 5, 9].forEach((step, i) => series.push(step, 100 + i, i));
    const { window } = lineOf(ask(sourceOf(series)));
    expect(window.perBucket).toBe(1);
    expect([...window.x]).toEqual([3, 3, 5, 9]);
    expect([...window.last]).toEqual([0, 1, 2, 3]);
  });

  it('let a line leave the picture on both sides', () => {
    const series = new GrowingSeries();
    for (let step = 0; step < 10; step++) series.push(step, step, step);
    const { window, statistics } = lineOf(ask(sourceOf(series), { range: [4.5, 5.5] }));
    expect([...window.x]).toEqual([4, 5, 6]);
    expect(statistics.points).toBe(1);
  });

  it('have memory of their own, which may be given away', () => {
    const series = new GrowingSeries();
    for (let step = 0; step < 5000; step++) series.push(step, step, step);
    const { window } = lineOf(ask(sourceOf(series), { smoothing: 0.9 }));
    for (const column of [window.x, window.min, window.max, window.last, window.smoothed, window.nonFinite]) {
      expect(column.buffer.byteLength).toBe(column.byteLength);
    }
  });

  it('of an unknown line are empty', () => {
    const line = lineOf(answerQuery(QUERY, () => undefined));
    expect(line.window.x).toHaveLength(0);
    expect(line.statistics.points).toBe(0);
  });
});

describe('changes', () => {
  it('rebuild the complete answer, and leave the beginning out when only the end grew', () => {
    const random = new RandomStream(12);
    const series = new GrowingSeries();
    const source = sourceOf(series);
    let shown: ChartAnswer = { lines: [], bands: [] };
    let before: ChartAnswer = shown;
    let tailsOnly = 0;
    for (let round = 0; round < 60; round++) {
      for (let i = random.integer(30); i > 0; i--) series.push(series.length, 0, randomValue(random));
      if (round === 40) series.supersedeFrom(300);
      const now = ask(source, { pixels: 50, smoothing: 0.5 });
      const change = changesBetween(before, now);
      if ((change.lines.at(0)?.from ?? 0) > 0) tailsOnly++;
      shown = { ...shown, lines: isEmptyAnswer(change) ? shown.lines : [applied(shown, lineOf(change))] };
      before = now;
      expect({ ...lineOf(shown), from: 0 }).toEqual(lineOf(now));
    }
    expect(tailsOnly).toBeGreaterThan(30);
    expect(isEmptyAnswer(changesBetween(before, ask(source, { pixels: 50, smoothing: 0.5 })))).toBe(true);
  });
});

function applied(shown: ChartAnswer, change: LineChange): LineChange {
  const kept = shown.lines.at(0)?.window;
  if (kept === undefined || change.from === 0) return change;
  const joined = (name: 'x' | 'min' | 'max' | 'last' | 'smoothed'): Float64Array =>
    Float64Array.of(...kept[name].subarray(0, change.from), ...change.window[name]);
  const columns = { x: joined('x'), min: joined('min'), max: joined('max') };
  const nonFinite = Uint32Array.of(...kept.nonFinite.subarray(0, change.from), ...change.window.nonFinite);
  const perBucket = change.window.perBucket;
  const window = { perBucket, ...columns, last: joined('last'), smoothed: joined('smoothed'), nonFinite };
  return { ...change, window };
}

describe('axes', () => {
  it('place points by wall time, relative time, views and epochs', () => {
    const series = new GrowingSeries();
    for (let i = 0; i < 4; i++) series.push(10 * i, 1000 + i, i);
    const epochs = { steps: Float64Array.of(0, 10, 20), values: Float64Array.of(0, 0, 1) };
    const facts = { epochs, firstWallTime: 999, viewsPerStep: 256 };
    const source = { ...sourceOf(series), facts };
    const xOf = (axis: ChartQuery['axis']): number[] => [...lineOf(ask(source, { axis })).window.x];
    expect(xOf('wall')).toEqual([1000, 1001, 1002, 1003]);
    expect(xOf('relative')).toEqual([1, 2, 3, 4]);
    expect(xOf('views')).toEqual([0, 2560, 5120, 7680]);
    expect(xOf('epoch')).toEqual([0, 0.5, 1, 1.5]);
  });

  it('have no place for what the run does not tell', () => {
    const series = new GrowingSeries();
    series.push(1, 1, 1);
    for (const axis of ['epoch', 'views'] as const) {
      expect(lineOf(ask(sourceOf(series), { axis })).window.x).toHaveLength(0);
    }
  });
});

describe('smoothing', () => {
  it('is the debiased mean of the past, which passes over what is not finite', () => {
    const series = new GrowingSeries();
    [4, Number.NaN, 2].forEach((value, step) => series.push(step, step, value));
    const { smoothed } = lineOf(ask(sourceOf(series), { smoothing: 0.5 })).window;
    expect(smoothed[0]).toBeCloseTo(4);
    expect(smoothed[1]).toBeCloseTo(4);
    expect(smoothed[2]).toBeCloseTo((0.5 * 2 + 0.25 * 4) / 0.75);
  });
});

describe('bands', () => {
  const groupQuery = (more: Partial<ChartQuery> = {}): ChartQuery => ({
    ...{ ...QUERY, lines: [], groups: [{ key: 'g', runs: ['a', 'b', 'c'], tag: 't' }] },
    ...more,
  });
  const sourcesOf = (steps: Record<string, readonly (readonly [number, number])[]>) => {
    const sources = new Map<string, LineSource>();
    for (const [run, points] of Object.entries(steps)) {
      const series = new GrowingSeries();
      for (const [step, value] of points) series.push(step, step, value);
      sources.set(run, sourceOf(series));
    }
    return ({ run }: { run: string }) => sources.get(run);
  };
  const bandOf = (answer: ChartAnswer) => {
    const band = answer.bands.at(0);
    if (band === undefined) throw new Error('There is no band');
    return band.window;
  };

  it('are exact where runs were recorded at the same steps', () => {
    const find = sourcesOf({
      a: [
        [0, 1],
        [1, 2],
        [2, Number.NaN],
      ],
      b: [
        [0, 3],
        [1, 4],
      ],
      c: [
        [0, 5],
        [1, 9],
      ],
    });
    const deviation = bandOf(answerQuery(groupQuery(), find));
    expect([...deviation.x]).toEqual([0, 1]);
    expect([...deviation.mean]).toEqual([3, 5]);
    expect([...deviation.runs]).toEqual([3, 3]);
    expect(deviation.high[0]).toBeCloseTo(5);
    const range = bandOf(answerQuery(groupQuery({ band: 'range' }), find));
    expect([...range.low]).toEqual([1, 2]);
    expect([...range.high]).toEqual([5, 9]);
    const error = bandOf(answerQuery(groupQuery({ band: 'error' }), find));
    expect(error.low[0]).toBeCloseTo(3 - 2 / Math.sqrt(3));
    const interval = bandOf(answerQuery(groupQuery({ band: 'interval' }), find));
    expect(interval.high[0]).toBeCloseTo(3 + (4.302653 * 2) / Math.sqrt(3), 4);
  });

  it('fall into bins where steps differ, and count the runs in each', () => {
    const line = (offset: number) => Array.from({ length: 50 }, (_, i) => [10 * i + offset, offset] as const);
    const find = sourcesOf({ a: line(0), b: line(3), c: line(6).slice(0, 25) });
    const band = bandOf(answerQuery(groupQuery({ pixels: 10 }), find));
    expect(band.x).toHaveLength(10);
    expect([...band.runs]).toEqual([3, 3, 3, 3, 3, 2, 2, 2, 2, 2]);
    expect(band.mean[0]).toBeCloseTo(3);
    expect(band.mean[9]).toBeCloseTo(1.5);
  });

  it('need runs: one alone has a mean and no spread, none have nothing', () => {
    const single = bandOf(answerQuery(groupQuery(), sourcesOf({ a: [[0, 1]] })));
    expect([...single.mean]).toEqual([1]);
    expect(single.low[0]).toBeNaN();
    expect(bandOf(answerQuery(groupQuery(), sourcesOf({}))).x).toHaveLength(0);
  });
});

it('ascending order is stable, and finds its way through any disorder', () => {
  const random = new RandomStream(13);
  for (let trial = 0; trial < 200; trial++) {
    const keys = Float64Array.from({ length: random.integer(60) }, () => random.integer(20));
    const expected = [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
    expect([...ascendingOrder(keys)]).toEqual(expected);
  }
});
