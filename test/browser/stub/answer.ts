/** Answers charts by brute force over whole columns: what the pyramids of the product must agree with. */
import type {
  BandWindow,
  ChartAnswer,
  ChartQuery,
  LineStatistics,
  LineWindow,
  XAxis,
} from '../../../src/domain/series/query';
import type { Columns } from './series';

/** Looks up the columns of a tag of a run. */
export type LookUp = (run: string, tag: string) => Columns | undefined;

/** A complete answer: everything from place 0. */
export function answerQuery(query: ChartQuery, lookUp: LookUp): ChartAnswer {
  const lines = query.lines.flatMap(({ run, tag }) => {
    const columns = lookUp(run, tag);
    if (!columns) return [];
    const x = axisOf(columns, query.axis);
    const [from, to] = placesIn(x, query.range);
    return [
      {
        run,
        tag,
        from: 0,
        window: windowOf(columns, x, { query, from, to }),
        statistics: statisticsOf(columns, from, to),
      },
    ];
  });
  const bands = query.groups.map(({ key, tag, runs }) => ({
    key,
    tag,
    window: bandOf(
      runs.flatMap((run) => lookUp(run, tag) ?? []),
      query,
    ),
  }));
  return { lines, bands };
}

function axisOf({ steps, wallTimes }: Columns, axis: XAxis): Float64Array {
  switch (axis) {
    case 'step':
      return steps;
    case 'epoch':
      return steps.map((step) => step / 100);
    case 'views':
      return steps.map((step) => step * 256);
    case 'wall':
      return wallTimes;
    case 'relative':
      return wallTimes.map((time) => time - wallTimes[0]);
  }
}

function placesIn(x: Float64Array, range: ChartQuery['range']): [number, number] {
  if (!range) return [0, x.length];
  const from = x.findIndex((value) => value >= range[0]);
  const last = x.findLastIndex((value) => value <= range[1]);
  return from < 0 ? [0, 0] : [Math.max(0, from - 1), Math.min(x.length, last + 2)];
}

interface Part {
  readonly query: ChartQuery;
  readonly from: number;
  readonly to: number;
}

function windowOf({ values }: Columns, x: Float64Array, { query, from, to }: Part): LineWindow {
  let perBucket = 1;
  while ((to - from) / perBucket > 2 * query.pixels) perBucket *= 2;
  const count = Math.ceil((to - from) / perBucket);
  const smooth = query.smoothing > 0 ? smoothed(values, query.smoothing) : undefined;
  const window = {
    perBucket,
    x: new Float64Array(count),
    min: new Float64Array(count).fill(NaN),
    max: new Float64Array(count).fill(NaN),
    last: new Float64Array(count).fill(NaN),
    smoothed: new Float64Array(smooth ? count : 0),
    nonFinite: new Uint32Array(count),
  };
  for (let bucket = 0; bucket < count; bucket++) {
    const end = Math.min(to, from + (bucket + 1) * perBucket);
    window.x[bucket] = x[end - 1];
    if (smooth) window.smoothed[bucket] = smooth[end - 1] ?? NaN;
    for (let i = from + bucket * perBucket; i < end; i++) {
      const value = values[i] ?? NaN;
      if (!Number.isFinite(value)) {
        window.nonFinite[bucket] = (window.nonFinite[bucket] ?? 0) + 1;
        continue;
      }
      const low = window.min[bucket] ?? NaN;
      const high = window.max[bucket] ?? NaN;
      window.min[bucket] = Number.isNaN(low) ? value : Math.min(low, value);
      window.max[bucket] = Number.isNaN(high) ? value : Math.max(high, value);
      window.last[bucket] = value;
    }
  }
  return window;
}

function smoothed(values: Float64Array, weight: number): Float64Array {
  let mean = 0;
  let mass = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return mass === 0 ? NaN : mean / mass;
    mean = weight * mean + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return mean / mass;
  });
}

function statisticsOf({ steps, values }: Columns, from: number, to: number): LineStatistics {
  const found = { points: to - from, nonFinite: 0, first: NaN, last: NaN, lastStep: NaN };
  const extremes = { min: Infinity, minStep: NaN, max: -Infinity, maxStep: NaN };
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    const step = steps[i] ?? NaN;
    if (!Number.isFinite(value)) {
      found.nonFinite++;
      continue;
    }
    if (Number.isNaN(found.first)) found.first = value;
    Object.assign(found, { last: value, lastStep: step });
    if (value < extremes.min) Object.assign(extremes, { min: value, minStep: step });
    if (value > extremes.max) Object.assign(extremes, { max: value, maxStep: step });
  }
  return { ...found, ...extremes };
}

/** Aligned by exact step; thinned to the pixels. */
function bandOf(columns: readonly Columns[], { range, pixels, band }: ChartQuery): BandWindow {
  const byStep = new Map<number, number[]>();
  for (const { steps, values } of columns) {
    steps.forEach((step, i) => {
      const isInside = !range || (step >= range[0] && step <= range[1]);
      if (isInside) byStep.set(step, [...(byStep.get(step) ?? []), values[i] ?? NaN]);
    });
  }
  const stride = Math.max(1, Math.ceil(byStep.size / pixels));
  const rows = [...byStep].sort(([a], [b]) => a - b).filter((_, i) => i % stride === 0);
  const spread = rows.map(([, values]) => {
    const finite = values.filter(Number.isFinite);
    const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
    const deviation = Math.sqrt(
      finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, finite.length - 1),
    );
    const reach = band === 'error' ? deviation / Math.sqrt(finite.length) : deviation;
    return band === 'range'
      ? { mean, low: Math.min(...finite), high: Math.max(...finite), runs: finite.length }
      : { mean, low: mean - reach, high: mean + reach, runs: finite.length };
  });
  return {
    x: Float64Array.from(rows, ([step]) => step),
    mean: Float64Array.from(spread, ({ mean }) => mean),
    low: Float64Array.from(spread, ({ low }) => low),
    high: Float64Array.from(spread, ({ high }) => high),
    runs: Uint32Array.from(spread, ({ runs }) => runs),
  };
}
