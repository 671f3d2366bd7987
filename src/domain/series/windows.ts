/**
 * The taker's side of a chart's answers: the windows of all its lines, brought up to date by changes, and what can
 * be read off them: extents, the range without outliers, the bucket at a place. Pure; nothing here asks anyone.
 */
import type { BandWindow, ChartAnswer, LineStatistics, LineWindow } from './query';

/** One line as it stands. */
export interface HeldLine {
  readonly window: LineWindow;
  readonly statistics: LineStatistics;
}

/** Everything that a chart has been told; keys are made by `lineKey` and `bandKey`. */
export interface Held {
  readonly lines: ReadonlyMap<string, HeldLine>;
  readonly bands: ReadonlyMap<string, BandWindow>;
}

/** The lowest and highest of some values. */
export type Span = readonly [low: number, high: number];

/** A chart before its first answer. */
export const NOTHING_HELD: Held = { lines: new Map(), bands: new Map() };

/** The key of a line; folders hold no NUL. */
export function lineKey(run: string, tag: string): string {
  return `${run}\0${tag}`;
}

/** The key of a group's band. */
export function bandKey(group: string, tag: string): string {
  return `${group}\0${tag}`;
}

/** The lines and bands after an answer. A change that leaves a hole is one of another query, and is dropped. */
export function hold(held: Held, answer: ChartAnswer): Held {
  const lines = new Map(held.lines);
  for (const { run, tag, from, window, statistics } of answer.lines) {
    const key = lineKey(run, tag);
    const joined = joinWindows(lines.get(key)?.window, from, window);
    if (joined) lines.set(key, { window: joined, statistics });
  }
  const bands = new Map(held.bands);
  for (const { key, tag, window } of answer.bands) bands.set(bandKey(key, tag), window);
  return { lines, bands };
}

/** The index of the entry of ascending `x` that is nearest to a place, or -1 for none. */
export function nearestIndex(x: Float64Array, place: number): number {
  if (x.length === 0 || Number.isNaN(place)) return -1;
  const after = lowerBound(x, place);
  if (after === 0) return 0;
  if (after === x.length) return x.length - 1;
  return x[after] - place < place - x[after - 1] ? after : after - 1;
}

/** The first index of ascending `x` whose value is not below a place. */
export function lowerBound(x: Float64Array, place: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From the first to the last place of some axes, or undefined if all are empty. */
export function spanOfX(axes: Iterable<Float64Array>): Span | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const x of axes) {
    if (x.length === 0) continue;
    low = Math.min(low, x[0]);
    high = Math.max(high, x[x.length - 1]);
  }
  return low <= high ? [low, high] : undefined;
}

/** Which values count for a range. */
export interface RangeRule {
  /** The visible part of the x axis; null is everything. */
  readonly range: Span | null;
  /** Share left out at each end, 0 for none. */
  readonly tails: number;
  /** On a logarithmic axis only values above 0 count. */
  readonly positiveOnly: boolean;
}

/** The lowest and highest value of windows and bands under a rule, or undefined if there is none. */
export function spanOfY(held: Held, rule: RangeRule): Span | undefined {
  const parts: Float64Array[] = [];
  const take = (x: Float64Array, columns: readonly Float64Array[]) => {
    const [from, to] = indexRange(x, rule.range);
    for (const column of columns) parts.push(column.subarray(from, to));
  };
  for (const { window } of held.lines.values()) {
    // Spikes are what percentiles leave out: the last values alone say where the mass is.
    take(window.x, rule.tails > 0 ? [window.last] : [window.min, window.max]);
  }
  for (const band of held.bands.values()) take(band.x, rule.tails > 0 ? [band.mean] : [band.low, band.high]);
  return rule.tails > 0 ? spanWithoutTails(parts, rule) : spanOfAll(parts, rule);
}

/** Indices from first to past-the-last of the entries in a range, with one on either side so that lines reach the edge. */
export function indexRange(x: Float64Array, range: Span | null): Span {
  if (range === null) return [0, x.length];
  return [Math.max(0, lowerBound(x, range[0]) - 1), Math.min(x.length, lowerBound(x, range[1]) + 1)];
}

/** In one pass and without a copy: it runs for each frame of a zoom over a hundred runs. */
function spanOfAll(parts: readonly Float64Array[], { positiveOnly }: RangeRule): Span | undefined {
  const floor = positiveOnly ? 0 : -Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const value = part[i];
      if (value > floor && value < low) low = value;
      if (value > high && value < Infinity) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

function spanWithoutTails(
  parts: readonly Float64Array[],
  { tails, positiveOnly }: RangeRule,
): Span | undefined {
  const counts = (value: number) => Number.isFinite(value) && (!positiveOnly || value > 0);
  const sorted = Float64Array.from(parts.flatMap((part) => [...part.filter(counts)])).sort();
  if (sorted.length === 0) return undefined;
  const cut = Math.floor(tails * (sorted.length - 1));
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}

function joinWindows(old: LineWindow | undefined, from: number, added: LineWindow): LineWindow | undefined {
  if (from === 0) return added;
  if (old === undefined || old.perBucket !== added.perBucket || from > old.x.length) return undefined;
  const join = (a: Float64Array, b: Float64Array) => joined(a, b, from);
  return {
    perBucket: added.perBucket,
    x: join(old.x, added.x),
    min: join(old.min, added.min),
    max: join(old.max, added.max),
    last: join(old.last, added.last),
    smoothed: added.smoothed.length === 0 ? added.smoothed : join(old.smoothed, added.smoothed),
    nonFinite: Uint32Array.from([...old.nonFinite.subarray(0, from), ...added.nonFinite]),
  };
}

function joined(a: Float64Array, b: Float64Array, from: number): Float64Array {
  const result = new Float64Array(from + b.length);
  result.set(a.subarray(0, from));
  result.set(b, from);
  return result;
}
