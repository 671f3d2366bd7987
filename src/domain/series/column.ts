/**
 * The points of one tag as growing columns, for host and pages alike. A column is a value: appending gives a new one that shares the
 * storage of the old, which stays valid because it remembers its own length.
 */

/** Storage shared by successive columns; `used` counts the entries that belong to the newest of them. */
interface Storage {
  readonly steps: Float64Array;
  readonly wallTimes: Float64Array;
  readonly values: Float64Array;
  used: number;
}

/** Columns of equal length, sorted by step. */
export interface Column {
  readonly length: number;
  readonly storage: Storage;
}

/** Arrays of equal length to append; wall times in seconds since 1970. */
export interface Points {
  readonly steps: Float64Array;
  readonly wallTimes: Float64Array;
  readonly values: Float64Array;
}

const SMALLEST_CAPACITY = 64;

/** A column without points. */
export const EMPTY_COLUMN: Column = { length: 0, storage: allocate(0) };

/** The column with points appended; points at or after `restart` are superseded first. */
export function append(column: Column, points: Points, restart: number | null): Column {
  const kept = restart === null ? column.length : lengthBefore(column, restart);
  const added = commonLength(points);
  const storage = storageFor(column, kept, added);
  storage.steps.set(points.steps.subarray(0, added), kept);
  storage.wallTimes.set(points.wallTimes.subarray(0, added), kept);
  storage.values.set(points.values.subarray(0, added), kept);
  storage.used = kept + added;
  return { length: kept + added, storage };
}

/** The steps of a column, without a copy. */
export function stepsOf(column: Column): Float64Array {
  return column.storage.steps.subarray(0, column.length);
}

/** The values of a column, without a copy. */
export function valuesOf(column: Column): Float64Array {
  return column.storage.values.subarray(0, column.length);
}

/** The wall times of a column in seconds since 1970, without a copy. */
export function wallTimesOf(column: Column): Float64Array {
  return column.storage.wallTimes.subarray(0, column.length);
}

/** The last value, or undefined in an empty column. */
export function lastValue(column: Column | undefined): number | undefined {
  return column?.storage.values[column.length - 1];
}

/** The last step, or undefined in an empty column. */
export function lastStep(column: Column | undefined): number | undefined {
  return column?.storage.steps[column.length - 1];
}

/** The first step of a column, or undefined if it is empty. */
export function firstStep(column: Column | undefined): number | undefined {
  return column === undefined || column.length === 0 ? undefined : column.storage.steps[0];
}

/** The largest finite value, or undefined if there is none. */
export function bestValue(column: Column | undefined): number | undefined {
  if (!column) return undefined;
  const finite = valuesOf(column).filter(Number.isFinite);
  return finite.length === 0 ? undefined : finite.reduce((best, value) => Math.max(best, value));
}

function commonLength(points: Points): number {
  return Math.min(points.steps.length, points.wallTimes.length, points.values.length);
}

/** Entries with a step below `step`. */
function lengthBefore(column: Column, step: number): number {
  const index = stepsOf(column).findIndex((value) => value >= step);
  return index === -1 ? column.length : index;
}

/** Storage with room behind the kept entries; copied when they are shared with a longer column. */
function storageFor(column: Column, kept: number, added: number): Storage {
  const { storage } = column;
  if (storage.used === kept && storage.steps.length >= kept + added) return storage;
  const grown = allocate(Math.max(SMALLEST_CAPACITY, 2 * (kept + added)));
  grown.steps.set(storage.steps.subarray(0, kept));
  grown.wallTimes.set(storage.wallTimes.subarray(0, kept));
  grown.values.set(storage.values.subarray(0, kept));
  return grown;
}

function allocate(capacity: number): Storage {
  return {
    steps: new Float64Array(capacity),
    wallTimes: new Float64Array(capacity),
    values: new Float64Array(capacity),
    used: 0,
  };
}
