/**
 * The points of one tag, recorded one by one, with what lists say about them kept up to date. Nothing that was recorded
 * is lost: a restart moves the points that it takes back aside, and steps that go back stay where they came.
 */
import type { LineStatistics } from './query';

/** Columns of equal length; views that stay as they are when the series grows. */
export interface SeriesColumns {
  readonly steps: Float64Array;
  /** Seconds since 1970; NaN where a file does not tell. */
  readonly wallTimes: Float64Array;
  readonly values: Float64Array;
}

/** Points that a resumed segment has superseded. */
export interface SupersededPoints extends SeriesColumns {
  /** The step at which the segment began that superseded them. */
  readonly restart: number;
}

/** What nobody can say of a series without finite points. */
export const NO_STATISTICS: LineStatistics = {
  ...{ points: 0, nonFinite: 0, first: Number.NaN, last: Number.NaN, lastStep: Number.NaN },
  ...{ min: Number.NaN, minStep: Number.NaN, max: Number.NaN, maxStep: Number.NaN },
};

const FIRST_CAPACITY = 64;
/** Up to so many points the room grows by four: a file read at once passes through fewer sizes. */
const SMALL = 8192;

/** A series that grows at its end. */
export class GrowingSeries {
  length = 0;
  /** Points whose step, or wall time, is lower than that of the point before. */
  stepsBack = 0;
  wallTimesBack = 0;
  /** Goes up whenever points were taken out, so that whoever has computed from them begins again. */
  rewrites = 0;
  readonly superseded: SupersededPoints[] = [];
  private steps: Float64Array;
  private wallTimes: Float64Array;
  private values: Float64Array;
  private nonFinite = 0;
  private first = -1;
  private last = -1;
  private lowest = -1;
  private highest = -1;

  /** @param points what the series begins with; the arrays become its own */
  constructor(points?: SeriesColumns) {
    const room = (): Float64Array => new Float64Array(FIRST_CAPACITY);
    this.steps = room();
    this.wallTimes = room();
    this.values = room();
    if (points !== undefined && points.steps.length > 0) this.replaceWith(points);
  }

  push(step: number, wallTime: number, value: number): void {
    const at = this.length;
    if (at === this.steps.length) this.grow();
    this.steps[at] = step;
    this.wallTimes[at] = wallTime;
    this.values[at] = value;
    this.length = at + 1;
    this.count(at);
  }

  /** The points from place `from` on, without a copy. */
  columns(from = 0): SeriesColumns {
    return {
      steps: this.steps.subarray(from, this.length),
      wallTimes: this.wallTimes.subarray(from, this.length),
      values: this.values.subarray(from, this.length),
    };
  }

  /** Statistics of the whole series. */
  statistics(): LineStatistics {
    const { steps, values, length, nonFinite } = this;
    if (this.last < 0) return { ...NO_STATISTICS, points: length, nonFinite };
    return {
      points: length,
      nonFinite,
      first: values[this.first],
      last: values[this.last],
      lastStep: steps[this.last],
      min: values[this.lowest],
      minStep: steps[this.lowest],
      max: values[this.highest],
      maxStep: steps[this.highest],
    };
  }

  /** Moves the points at `restart` and later aside, into new arrays, so that views handed out keep what they showed. */
  supersedeFrom(restart: number): void {
    const all = this.columns();
    if (!all.steps.some((step) => step >= restart)) return;
    this.superseded.push({ restart, ...select(all, (step) => step >= restart) });
    this.replaceWith(select(all, (step) => step < restart));
    this.rewrites++;
  }

  /**
   * Gives back the room for points that may never come; the next point copies the columns.
   * @param like a trimmed series: steps and wall times that equal its own are held once, because the tags of a run are recorded together
   */
  trim(like?: GrowingSeries): void {
    const { steps, wallTimes, values } = this.columns();
    this.steps = oneOf(steps, like?.steps);
    this.wallTimes = oneOf(wallTimes, like?.wallTimes);
    this.values = owned(values);
  }

  private count(at: number): void {
    const value = this.values[at];
    if (at > 0 && this.steps[at] < this.steps[at - 1]) this.stepsBack++;
    if (at > 0 && this.wallTimes[at] < this.wallTimes[at - 1]) this.wallTimesBack++;
    if (value - value !== 0) {
      this.nonFinite++;
      return;
    }
    if (this.first < 0) this.first = this.lowest = this.highest = at;
    this.last = at;
    if (value < this.values[this.lowest]) this.lowest = at;
    if (value > this.values[this.highest]) this.highest = at;
  }

  private replaceWith({ steps, wallTimes, values }: SeriesColumns): void {
    [this.steps, this.wallTimes, this.values] = [steps, wallTimes, values];
    this.nonFinite = this.stepsBack = this.wallTimesBack = 0;
    this.first = this.last = this.lowest = this.highest = -1;
    this.length = steps.length;
    for (let at = 0; at < this.length; at++) this.count(at);
  }

  private grow(): void {
    const factor = this.length < SMALL ? 4 : 2;
    const room = Math.max(FIRST_CAPACITY, factor * this.length);
    this.steps = withRoom(this.steps, room);
    this.wallTimes = withRoom(this.wallTimes, room);
    this.values = withRoom(this.values, room);
  }
}

function withRoom(column: Float64Array, room: number): Float64Array {
  const larger = new Float64Array(room);
  larger.set(column);
  return larger;
}

/** The column itself if it fills its memory, else a copy that does. */
function owned(column: Float64Array): Float64Array {
  return column.byteLength === column.buffer.byteLength ? column : column.slice();
}

/** The other column if it is equal, else our own. */
function oneOf(column: Float64Array, other: Float64Array | undefined): Float64Array {
  const isEqual = other?.length === column.length && column.every((value, i) => Object.is(value, other[i]));
  return isEqual ? other : owned(column);
}

function select(columns: SeriesColumns, holds: (step: number) => boolean): SeriesColumns {
  const chosen = (column: Float64Array): Float64Array => column.filter((_, i) => holds(columns.steps[i]));
  return {
    steps: chosen(columns.steps),
    wallTimes: chosen(columns.wallTimes),
    values: chosen(columns.values),
  };
}
