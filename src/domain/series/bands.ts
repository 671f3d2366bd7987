/**
 * The mean and the spread of runs that differ in the seed alone. Runs that were recorded at the same places are aligned
 * place by place; runs that were not, in bins of equal width. Either way each run has one say a bin: the mean of its
 * finite values there.
 */
import { estimateMean } from '../statistics/interval';
import type { PositionOf } from './axis';
import { spanOf } from './lineWindow';
import type { OrderedPoints } from './ordered';
import type { BandKind, BandWindow, ChartQuery } from './query';

/** One run of a group, in order of the axis. */
export interface GroupMember {
  readonly points: OrderedPoints;
  readonly positionOf: PositionOf;
}

/** The band over a range, at most one bin a pixel; a run that has no finite value in a bin is not counted there. */
export function bandWindow(
  members: readonly GroupMember[],
  query: Pick<ChartQuery, 'range' | 'pixels' | 'band'>,
): BandWindow {
  const curves = members.map((member) => curveOf(member, query.range)).filter(({ x }) => x.length > 0);
  const bins = binsFor(curves, Math.max(1, Math.floor(query.pixels)));
  const means = curves.map((curve) => meansPerBin(curve, bins));
  const rows = Array.from(bins.x, (x, bin) => ({ x, ...spread(valuesAt(means, bin), query.band) }));
  const filled = rows.filter(({ runs }) => runs > 0);
  return {
    x: Float64Array.from(filled, ({ x }) => x),
    mean: Float64Array.from(filled, ({ mean }) => mean),
    low: Float64Array.from(filled, ({ low }) => low),
    high: Float64Array.from(filled, ({ high }) => high),
    runs: Uint32Array.from(filled, ({ runs }) => runs),
  };
}

/** Finite points of one run within the range. */
interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Bins by their ends: bin i holds positions up to `ends[i]` that the bin before does not. */
interface Bins {
  readonly ends: Float64Array;
  /** Where each bin is drawn. */
  readonly x: Float64Array;
}

function curveOf({ points, positionOf }: GroupMember, range: ChartQuery['range']): Curve {
  const { values } = points.columns;
  const { start, end } = spanOf(positionOf, values.length, range);
  const [x, y]: [number[], number[]] = [[], []];
  for (let place = start; place < end; place++) {
    const position = positionOf(place);
    if (!Number.isFinite(values[place]) || !Number.isFinite(position)) continue;
    x.push(position);
    y.push(values[place]);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

function binsFor(curves: readonly Curve[], most: number): Bins {
  const grids = curves.map(({ x }) => new Set(x));
  const longest = grids.reduce<ReadonlySet<number>>(
    (best, grid) => (grid.size > best.size ? grid : best),
    new Set(),
  );
  const isShared = grids.every((grid) => [...grid].every((x) => longest.has(x)));
  return isShared ? binsOfGrid(longest, most) : binsOfWidth(curves, most);
}

/** Bins of 2^k consecutive places of a common grid, so that growth changes the last ones alone. */
function binsOfGrid(grid: ReadonlySet<number>, most: number): Bins {
  const places = Float64Array.from(grid).sort();
  let size = 1;
  while (Math.ceil(places.length / size) > most) size *= 2;
  const count = Math.ceil(places.length / size);
  const ends = Float64Array.from(
    { length: count },
    (_, i) => places[Math.min((i + 1) * size, places.length) - 1],
  );
  return { ends, x: ends };
}

/** Bins of equal width, drawn at their middles; no more than the longest run has points, so that few are empty. */
function binsOfWidth(curves: readonly Curve[], most: number): Bins {
  const from = Math.min(...curves.map(({ x }) => x[0]));
  const to = Math.max(...curves.map(({ x }) => x[x.length - 1]));
  const count = Math.min(most, Math.max(...curves.map(({ x }) => x.length)));
  const width = (to - from) / count;
  const ends = Float64Array.from({ length: count }, (_, i) =>
    i === count - 1 ? to : from + (i + 1) * width,
  );
  return { ends, x: ends.map((end) => end - width / 2) };
}

/** The mean of a curve in each bin, NaN where it has no point. */
function meansPerBin({ x, y }: Curve, { ends }: Bins): Float64Array {
  let at = 0;
  return Float64Array.from(ends, (end) => {
    let [sum, count] = [0, 0];
    for (; at < x.length && x[at] <= end; at++) {
      sum += y[at];
      count++;
    }
    return sum / count;
  });
}

function valuesAt(means: readonly Float64Array[], bin: number): number[] {
  return means.map((column) => column[bin]).filter((value) => !Number.isNaN(value));
}

/** One run alone says nothing of the spread: its band is NaN, but for the smallest and the largest. */
function spread(values: readonly number[], band: BandKind): Omit<Row, 'x'> {
  const { mean, deviation, low, high, count } = estimateMean(values);
  const about = (reach: number) => ({ mean, low: mean - reach, high: mean + reach, runs: count });
  switch (band) {
    case 'deviation':
      return about(deviation);
    case 'error':
      return about(deviation / Math.sqrt(count));
    case 'range':
      return { mean, low: Math.min(...values), high: Math.max(...values), runs: count };
    case 'interval':
      return count < 2 ? about(Number.NaN) : { mean, low, high, runs: count };
  }
}

interface Row {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}
