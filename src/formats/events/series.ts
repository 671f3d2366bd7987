/**
 * Scalars of a run as columns, one set per tag. A session start at step s, which a resumed run writes,
 * supersedes the points at s and later; they leave the series and are kept beside it, never lost.
 */
import type { EventSink } from './sink';

/** Columns of equal length; views that stay as they are when the series grows. */
export interface Columns {
  readonly steps: Float64Array;
  /** Seconds since 1970. */
  readonly wallTimes: Float64Array;
  readonly values: Float64Array;
}

/** Points that a resumed segment has superseded. */
export interface SupersededPoints extends Columns {
  /** The step at which the segment began that superseded them. */
  readonly restart: number;
}

/** One tag. */
export interface Series {
  readonly tag: string;
  /** Points that hold, in the order in which they were recorded. */
  readonly length: number;
  /** The points from place `from` on, all by default. */
  columns(from?: number): Columns;
  readonly superseded: readonly SupersededPoints[];
}

/** All tags of a run; feed it to an event parser. */
export interface SeriesStore extends EventSink {
  readonly series: ReadonlyMap<string, Series>;
}

/** An empty store. */
export function createSeriesStore(): SeriesStore {
  const series = new Map<string, GrowingSeries>();
  return {
    series,
    scalar(tag, step, wallTime, value) {
      let known = series.get(tag);
      if (known === undefined) {
        known = new GrowingSeries(tag);
        series.set(tag, known);
      }
      known.push(step, wallTime, value);
    },
    sessionStart(step) {
      for (const known of series.values()) {
        known.supersedeFrom(step);
      }
    },
  };
}

const FIRST_CAPACITY = 64;

class GrowingSeries implements Series {
  length = 0;
  readonly superseded: SupersededPoints[] = [];
  private steps = new Float64Array(FIRST_CAPACITY);
  private wallTimes = new Float64Array(FIRST_CAPACITY);
  private values = new Float64Array(FIRST_CAPACITY);

  constructor(readonly tag: string) {}

  push(step: number, wallTime: number, value: number): void {
    if (this.length === this.steps.length) {
      this.steps = doubled(this.steps);
      this.wallTimes = doubled(this.wallTimes);
      this.values = doubled(this.values);
    }
    this.steps[this.length] = step;
    this.wallTimes[this.length] = wallTime;
    this.values[this.length] = value;
    this.length++;
  }

  columns(from = 0): Columns {
    return {
      steps: this.steps.subarray(from, this.length),
      wallTimes: this.wallTimes.subarray(from, this.length),
      values: this.values.subarray(from, this.length),
    };
  }

  /** Into new arrays, so that views handed out before keep what they showed. */
  supersedeFrom(restart: number): void {
    const all = this.columns();
    if (!all.steps.some((step) => step >= restart)) {
      return;
    }
    this.superseded.push({ restart, ...select(all, (step) => step >= restart) });
    const kept = select(all, (step) => step < restart);
    this.length = kept.steps.length;
    this.steps = kept.steps.length === 0 ? new Float64Array(FIRST_CAPACITY) : kept.steps;
    this.wallTimes = kept.steps.length === 0 ? new Float64Array(FIRST_CAPACITY) : kept.wallTimes;
    this.values = kept.steps.length === 0 ? new Float64Array(FIRST_CAPACITY) : kept.values;
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}

function select(
  columns: Columns,
  holds: (step: number) => boolean,
): { [K in keyof Columns]: Float64Array<ArrayBuffer> } {
  const chosen = (column: Float64Array): Float64Array<ArrayBuffer> =>
    new Float64Array(column.filter((_, i) => holds(columns.steps[i])));
  return {
    steps: chosen(columns.steps),
    wallTimes: chosen(columns.wallTimes),
    values: chosen(columns.values),
  };
}
