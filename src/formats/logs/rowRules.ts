/**
 * What columns of a log mean, whoever wrote it: which one the others are drawn over, which one is a clock, and how numbers
 * are spelt. A column that is neither is a tag.
 */

const STEP_NAMES = ['step', 'global_step', '_step', 'iteration', 'iter', 'epoch'];
const CLOCK_NAMES = ['timestamp', 'time', '_timestamp', 'wall_time'];
const MILLISECONDS_FROM = 1e11;
const MILLISECONDS = 1000;

/** The name of the column that counts steps: the first present of the usual ones. */
export function stepNameIn(names: readonly string[]): string | undefined {
  return firstPresent(STEP_NAMES, names);
}

/** The name of the column with wall times. */
export function clockNameIn(names: readonly string[]): string | undefined {
  return firstPresent(CLOCK_NAMES, names);
}

/** The number that a cell spells, NaN and infinities included; undefined for an empty cell and for text. */
export function numberIn(cell: string): number | undefined {
  const text = cell.trim();
  if (text === '') return undefined;
  const value = Number(text);
  return Number.isNaN(value) ? spelledNumber(text) : value;
}

/** NaN and infinities as Python, JavaScript and C spell them. */
export function spelledNumber(text: string): number | undefined {
  const match = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (match === null) return undefined;
  const isNan = match[2].toLowerCase() === 'nan';
  return isNan ? Number.NaN : match[1] === '-' ? -Infinity : Infinity;
}

/** Seconds since 1970 of a clock's cell: seconds, milliseconds or a date; NaN if it tells none. */
export function wallTimeIn(cell: string): number {
  const value = numberIn(cell);
  if (value === undefined) return Date.parse(cell) / MILLISECONDS;
  return value >= MILLISECONDS_FROM ? value / MILLISECONDS : value;
}

function firstPresent(wanted: readonly string[], names: readonly string[]): string | undefined {
  const found = wanted.flatMap((name) => names.filter((each) => each.toLowerCase() === name));
  return found.at(0);
}
