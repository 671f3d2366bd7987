/** What a chart must be told after it has been told something else: only buckets that are new or have changed. */
import { emptyWindow } from './lineWindow';
import { NO_STATISTICS } from './growingSeries';
import type { BandChange, ChartAnswer, LineChange, LineWindow } from './query';

/**
 * The difference between two complete answers to one query: lines and bands that are the same are left out, of the
 * others the buckets before `from` are. Lines that are gone come back empty.
 */
export function changesBetween(before: ChartAnswer, now: ChartAnswer): ChartAnswer {
  const lines = byName(before.lines, nameOfLine);
  const bands = byName(before.bands, nameOfBand);
  const names = new Set(now.lines.map(nameOfLine));
  return {
    lines: [
      ...now.lines.flatMap((line) => lineChange(lines.get(nameOfLine(line)), line)),
      ...before.lines.filter((line) => !names.has(nameOfLine(line))).map(emptied),
    ],
    bands: now.bands.filter((band) => !isSameBand(bands.get(nameOfBand(band)), band)),
  };
}

/** Whether an answer tells anything. */
export function isEmptyAnswer({ lines, bands }: ChartAnswer): boolean {
  return lines.length === 0 && bands.length === 0;
}

function lineChange(before: LineChange | undefined, now: LineChange): LineChange[] {
  if (before === undefined) return [now];
  const from = firstDifference(before.window, now.window);
  const isSame = from === now.window.x.length && from === before.window.x.length;
  if (isSame && sameFields(before.statistics, now.statistics)) return [];
  return [{ ...now, from, window: windowFrom(now.window, from) }];
}

function emptied(line: LineChange): LineChange {
  return { run: line.run, tag: line.tag, from: 0, window: emptyWindow(), statistics: NO_STATISTICS };
}

/** The first bucket that is not in both alike; 0 where buckets hold other numbers of points. */
function firstDifference(before: LineWindow, now: LineWindow): number {
  const hasOtherColumns =
    before.perBucket !== now.perBucket || (before.smoothed.length === 0) !== (now.smoothed.length === 0);
  if (hasOtherColumns) return 0;
  const length = Math.min(before.x.length, now.x.length);
  let at = 0;
  while (at < length && isSameBucket(before, now, at)) at++;
  // Fewer buckets than before cannot be told by what is appended.
  return now.x.length < before.x.length ? 0 : at;
}

function isSameBucket(a: LineWindow, b: LineWindow, at: number): boolean {
  return (
    Object.is(a.x[at], b.x[at]) &&
    Object.is(a.min[at], b.min[at]) &&
    Object.is(a.max[at], b.max[at]) &&
    Object.is(a.last[at], b.last[at]) &&
    Object.is(a.smoothed[at], b.smoothed[at]) &&
    a.nonFinite[at] === b.nonFinite[at]
  );
}

function windowFrom(window: LineWindow, from: number): LineWindow {
  if (from === 0) return window;
  return {
    perBucket: window.perBucket,
    x: window.x.slice(from),
    min: window.min.slice(from),
    max: window.max.slice(from),
    last: window.last.slice(from),
    smoothed: window.smoothed.slice(from),
    nonFinite: window.nonFinite.slice(from),
  };
}

function isSameBand(before: BandChange | undefined, now: BandChange): boolean {
  return before !== undefined && sameColumns(before.window, now.window);
}

function sameColumns(a: BandChange['window'], b: BandChange['window']): boolean {
  return (['x', 'mean', 'low', 'high', 'runs'] as const).every(
    (name) => a[name].length === b[name].length && a[name].every((value, i) => Object.is(value, b[name][i])),
  );
}

function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((name) => Object.is(a[name], b[name]));
}

function byName<T>(list: readonly T[], nameOf: (one: T) => string): Map<string, T> {
  return new Map(list.map((one) => [nameOf(one), one]));
}

function nameOfLine({ run, tag }: LineChange): string {
  return JSON.stringify([run, tag]);
}

function nameOfBand({ key, tag }: BandChange): string {
  return JSON.stringify([key, tag]);
}
