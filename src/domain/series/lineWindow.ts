/** The buckets that a chart draws of one line, and the line's figures over the range that it shows. */
import { placeAfter, placeAtOrAfter, type PositionOf } from './axis';
import { NO_STATISTICS } from './growingSeries';
import type { OrderedPoints } from './ordered';
import { BASE_SHIFT, type BucketRange } from './pyramid';
import type { ChartQuery, LineStatistics, LineWindow } from './query';

const BUCKETS_PER_PIXEL = 2;

/** A part of a query that concerns one line. */
export type WindowQuery = Pick<ChartQuery, 'range' | 'pixels' | 'smoothing'>;

/** Places of points, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The places whose positions lie in a range, both ends included. */
export function spanOf(positionOf: PositionOf, length: number, range: ChartQuery['range']): Span {
  if (range === null) return { start: 0, end: length };
  const start = placeAtOrAfter(positionOf, length, range[0]);
  return { start, end: Math.max(start, placeAfter(positionOf, length, range[1])) };
}

/**
 * At most two buckets a pixel, aligned to the places of the series. One point beyond each end of the range is part of
 * them, so that the line leaves the picture instead of ending in it.
 */
export function lineWindow(points: OrderedPoints, positionOf: PositionOf, query: WindowQuery): LineWindow {
  const { length } = points.columns.values;
  const { start, end } = spanOf(positionOf, length, query.range);
  const drawn = { start: Math.max(0, start - 1), end: Math.min(length, end + 1) };
  if (drawn.start >= drawn.end) return emptyWindow();
  const shift = shiftFor(drawn, query.pixels);
  const first = drawn.start >>> shift;
  const count = ((drawn.end - 1) >>> shift) - first + 1;
  const buckets = { shift, first, count };
  return {
    perBucket: 2 ** shift,
    x: atEnds(buckets, length, positionOf),
    ...points.pyramid.buckets(buckets),
    smoothed: query.smoothing > 0 ? smoothedAtEnds(points, buckets, query.smoothing) : new Float64Array(0),
  };
}

/** Figures over the places of a span, finite values alone. */
export function lineStatistics(points: OrderedPoints, { start, end }: Span): LineStatistics {
  const { columns, pyramid, statistics } = points;
  const { steps, values } = columns;
  if (statistics !== undefined && start === 0 && end === values.length) return statistics;
  const first = nextFinite(values, start, end);
  if (first === end) return { ...NO_STATISTICS, points: end - start, nonFinite: end - start };
  const last = previousFinite(values, end - 1);
  const scan = new Scan(values, pyramid.base());
  scan.over(start, end);
  const [lowest, highest] = [scan.placeOf(scan.min), scan.placeOf(scan.max)];
  return {
    points: end - start,
    nonFinite: scan.nonFinite,
    ...{ first: values[first], last: values[last], lastStep: steps[last] },
    ...{ min: scan.min.value, minStep: steps[lowest], max: scan.max.value, maxStep: steps[highest] },
  };
}

/** That of a line without points. */
export function emptyWindow(): LineWindow {
  const none = (): Float64Array => new Float64Array(0);
  const columns = { x: none(), min: none(), max: none(), last: none(), smoothed: none() };
  return { perBucket: 1, ...columns, nonFinite: new Uint32Array(0) };
}

/** The smallest buckets of which few enough cover a span. */
function shiftFor({ start, end }: Span, pixels: number): number {
  const most = Math.max(2, Math.floor(BUCKETS_PER_PIXEL * pixels));
  let shift = 0;
  while (((end - 1) >>> shift) - (start >>> shift) + 1 > most) shift++;
  return shift;
}

/** What holds at the last place of each bucket. */
function atEnds({ shift, first, count }: BucketRange, length: number, of: PositionOf): Float64Array {
  const column = new Float64Array(count);
  for (let i = 0; i < count; i++) column[i] = of(Math.min((first + i + 1) * 2 ** shift, length) - 1);
  return column;
}

function smoothedAtEnds(points: OrderedPoints, buckets: BucketRange, weight: number): Float64Array {
  const smoothed = points.smoothed(weight);
  return atEnds(buckets, smoothed.length, (place) => smoothed[place]);
}

function nextFinite(values: Float64Array, from: number, end: number): number {
  let place = from;
  while (place < end && !Number.isFinite(values[place])) place++;
  return place;
}

/** There must be one. */
function previousFinite(values: Float64Array, from: number): number {
  let place = from;
  while (!Number.isFinite(values[place])) place--;
  return place;
}

/** An extreme, and the places of which the first that has its value is the extreme's. */
interface Extreme {
  readonly value: number;
  readonly from: number;
}

/** Looks at whole cells of the pyramid where it can, and at single values at both ends. */
class Scan {
  min: Extreme = { value: Infinity, from: 0 };
  max: Extreme = { value: -Infinity, from: 0 };
  nonFinite = 0;

  constructor(
    private readonly values: Float64Array,
    private readonly cells: { min: Float64Array; max: Float64Array; nonFinite: Uint32Array },
  ) {}

  over(start: number, end: number): void {
    for (let place = start; place < end;) {
      const isWhole = place % CELL === 0 && place + CELL <= end;
      if (isWhole) this.takeCell(place >>> BASE_SHIFT);
      else this.takeValue(place);
      place += isWhole ? CELL : 1;
    }
  }

  /** The first place that has an extreme's value. */
  placeOf({ value, from }: Extreme): number {
    let place = from;
    while (this.values[place] !== value) place++;
    return place;
  }

  private takeCell(cell: number): void {
    this.nonFinite += this.cells.nonFinite[cell];
    this.offer(this.cells.min[cell], this.cells.max[cell], cell * CELL);
  }

  private takeValue(place: number): void {
    const value = this.values[place];
    if (Number.isFinite(value)) this.offer(value, value, place);
    else this.nonFinite++;
  }

  private offer(low: number, high: number, from: number): void {
    if (low < this.min.value) this.min = { value: low, from };
    if (high > this.max.value) this.max = { value: high, from };
  }
}

const CELL = 2 ** BASE_SHIFT;
