/**
 * The points of a series in order of what they are drawn over. Nearly always that is the order in which they were
 * recorded; where a file was written twice or a clock was set back, it is a sorted copy, stable, so nothing is dropped.
 */
import type { GrowingSeries, SeriesColumns } from './growingSeries';
import { Pyramid } from './pyramid';
import type { LineStatistics } from './query';
import { Smoother } from './smoothing';

/** What points are ordered by: epochs and views follow the steps. */
export type OrderKey = 'steps' | 'wallTimes';

/** Points in order, with the summaries that windows are cut from. */
export interface OrderedPoints {
  readonly columns: SeriesColumns;
  readonly pyramid: Pyramid;
  /** Figures of all points where they are kept while points are recorded, else undefined. */
  readonly statistics: LineStatistics | undefined;
  /** The smoothed column; see Smoother. */
  smoothed(weight: number): Float64Array;
}

let made = 0;

/** Keeps both orders of one series and brings them up to date when asked. */
export class SeriesOrders {
  /** Tells this series from another that took its name. */
  readonly identity = ++made;
  private readonly kept = new Map<OrderKey | 'recorded', KeptOrder>();

  constructor(readonly series: GrowingSeries) {}

  /** All points in ascending order of a key. */
  by(key: OrderKey): OrderedPoints {
    const back = key === 'steps' ? this.series.stepsBack : this.series.wallTimesBack;
    const name = back === 0 ? 'recorded' : key;
    const order = this.kept.get(name) ?? new KeptOrder(name);
    this.kept.set(name, order);
    order.follow(this.series);
    return order;
  }
}

class KeptOrder implements OrderedPoints {
  columns: SeriesColumns = { steps: EMPTY, wallTimes: EMPTY, values: EMPTY };
  readonly pyramid = new Pyramid();
  statistics: LineStatistics | undefined;
  private smoother = new Smoother(0);
  private rewrites = 0;

  constructor(private readonly name: OrderKey | 'recorded') {}

  follow(series: GrowingSeries): void {
    const isRewritten = series.rewrites !== this.rewrites;
    if (!isRewritten && series.length === this.columns.steps.length) return;
    if (isRewritten || this.name !== 'recorded') this.forget();
    this.rewrites = series.rewrites;
    const columns = series.columns();
    this.columns = this.name === 'recorded' ? columns : sortedBy(columns[this.name], columns);
    this.statistics = this.name === 'recorded' ? series.statistics() : undefined;
    this.pyramid.follow(this.columns.values);
  }

  smoothed(weight: number): Float64Array {
    if (this.smoother.weight !== weight) this.smoother = new Smoother(weight);
    return this.smoother.over(this.columns.values, this.columns.values.length);
  }

  private forget(): void {
    this.pyramid.clear();
    this.smoother = new Smoother(this.smoother.weight);
  }
}

const EMPTY = new Float64Array(0);

function sortedBy(keys: Float64Array, { steps, wallTimes, values }: SeriesColumns): SeriesColumns {
  const order = ascendingOrder(keys);
  const sorted = (column: Float64Array): Float64Array => Float64Array.from(order, (place) => column[place]);
  return { steps: sorted(steps), wallTimes: sorted(wallTimes), values: sorted(values) };
}

/** The places of a column in ascending, stable order: its ascending runs merged pair by pair, for they are few and long. */
export function ascendingOrder(keys: Float64Array): Uint32Array {
  let order = Uint32Array.from(keys, (_, i) => i);
  let starts = startsOfRuns(keys);
  while (starts.length > 1) {
    const merged = new Uint32Array(order.length);
    for (let i = 0; i < starts.length; i += 2) {
      const middle = starts[i + 1] ?? order.length;
      merge(keys, order, merged, { from: starts[i], middle, end: starts[i + 2] ?? order.length });
    }
    order = merged;
    starts = starts.filter((_, i) => i % 2 === 0);
  }
  return order;
}

function startsOfRuns(keys: Float64Array): number[] {
  const starts = [0];
  for (let i = 1; i < keys.length; i++) if (!(keys[i] >= keys[i - 1])) starts.push(i);
  return starts;
}

interface Halves {
  readonly from: number;
  readonly middle: number;
  readonly end: number;
}

function merge(
  keys: Float64Array,
  source: Uint32Array,
  target: Uint32Array,
  { from, middle, end }: Halves,
): void {
  let [left, right] = [from, middle];
  for (let at = from; at < end; at++) {
    const takesLeft = right >= end || (left < middle && !(keys[source[right]] < keys[source[left]]));
    target[at] = source[takesLeft ? left++ : right++];
  }
}
