/**
 * What colours mean: each row belongs to a group (a category, or a step of a ramp over numbers), each group has a
 * place in the palette, and the legend lists groups with their counts. Groups are common to both panes, so that one
 * class has one colour on both maps.
 */
import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../../src/domain/display/format';
import type { Column } from '../../../src/domain/maps/columns';
import type { Sides } from './model';

/** Colours of categories in the palette; beyond them colours come again. */
export const CATEGORY_COLOURS = 24;
/** Steps of the ramp in the palette. */
export const RAMP_STEPS = 16;
/** Place in the palette of rows without a value. */
export const NO_COLOUR = 0;
/** Place in the palette of the first category, and of the first step of the ramp. */
export const FIRST_CATEGORY = 1;
export const FIRST_STEP = FIRST_CATEGORY + CATEGORY_COLOURS;
/** Number of rows' group without a value. */
export const NO_GROUP = -1;
/** A text column with more different values than this colours nothing. */
const MOST_TEXT_GROUPS = 200;

/** One entry of the legend. */
export interface Group {
  readonly name: string;
  /** Place in the palette. */
  readonly colour: number;
  readonly counts: { readonly left: number; readonly right: number };
}

/** Groups of the rows of both panes by one column. */
export interface Legend {
  readonly name: string;
  readonly kind: 'category' | 'number';
  readonly groups: readonly Group[];
  /** Place in `groups` of each row, NO_GROUP without a value. */
  readonly codes: { readonly left: Int32Array; readonly right: Int32Array };
  /** Rows without a value. */
  readonly missing: number;
}

/** Rows of each pane and their columns, as they are at the epochs shown. */
export interface LegendSource {
  readonly rows: { readonly left: number; readonly right: number };
  readonly columns: Sides<readonly Column[]>;
}

/** Names of columns that can colour, in their order, each once. */
export function colourableColumns({ left, right }: Sides<readonly Column[]>): string[] {
  const all = [...left, ...(right ?? [])].filter((column) => canColour(column));
  return [...new Set(all.map(({ name }) => name))];
}

/** The legend of a column; one without groups if no pane has it. */
export function legendOf(name: string, { rows, columns }: LegendSource): Legend {
  const find = (list: readonly Column[] | null) => list?.find((column) => column.name === name);
  const [left, right] = [find(columns.left), find(columns.right)];
  const isNumber = (left ?? right)?.kind === 'number';
  return isNumber ? numberLegend(name, rows, { left, right }) : categoryLegend(name, rows, { left, right });
}

/** Place in the palette of each row. */
export function coloursOf(legend: Legend, pane: 'left' | 'right'): Uint8Array {
  return Uint8Array.from(legend.codes[pane], (code) => legend.groups[code]?.colour ?? NO_COLOUR);
}

interface Pair {
  readonly left: Column | undefined;
  readonly right: Column | undefined;
}
type Rows = LegendSource['rows'];

function canColour(column: Column): boolean {
  if (column.kind === 'category') return true;
  if (column.kind === 'number') return column.values.some(Number.isFinite);
  const seen = new Set<string>();
  for (const value of column.values) if (seen.add(value).size > MOST_TEXT_GROUPS) return false;
  return true;
}

function categoryLegend(name: string, rows: Rows, pair: Pair): Legend {
  const places = new Map<string, number>();
  const codes = {
    left: codesOf(pair.left, rows.left, places),
    right: codesOf(pair.right, rows.right, places),
  };
  const counts = countGroups(codes, places.size);
  const groups = [...places.keys()].map((group, place) => ({
    name: group,
    colour: FIRST_CATEGORY + (place % CATEGORY_COLOURS),
    counts: counts(place),
  }));
  return { name, kind: 'category', groups, codes, missing: missingIn(codes) };
}

function codesOf(column: Column | undefined, rows: number, places: Map<string, number>): Int32Array {
  const codes = new Int32Array(rows).fill(NO_GROUP);
  const placeOf = (value: string): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  };
  if (column?.kind === 'category') {
    const own = column.categories.map(placeOf);
    for (const [row, code] of column.codes.entries()) codes[row] = own[code] ?? NO_GROUP;
  } else if (column?.kind === 'text') {
    for (const [row, value] of column.values.entries()) if (value !== '') codes[row] = placeOf(value);
  }
  return codes;
}

function numberLegend(name: string, rows: Rows, pair: Pair): Legend {
  const range = rangeOf([pair.left, pair.right]);
  const codes = { left: stepsOf(pair.left, rows.left, range), right: stepsOf(pair.right, rows.right, range) };
  const counts = countGroups(codes, RAMP_STEPS);
  const width = (range.high - range.low) / RAMP_STEPS;
  const groups = Array.from({ length: RAMP_STEPS }, (_, step) => ({
    name: l10n.t(
      '{0} to {1}',
      formatNumber(range.low + step * width),
      formatNumber(range.low + (step + 1) * width),
    ),
    colour: FIRST_STEP + step,
    counts: counts(step),
  }));
  return { name, kind: 'number', groups, codes, missing: missingIn(codes) };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(columns: readonly (Column | undefined)[]): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    if (column?.kind !== 'number') continue;
    for (const value of column.values) {
      if (!Number.isFinite(value)) continue;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

function stepsOf(column: Column | undefined, rows: number, { low, high }: Range): Int32Array {
  const codes = new Int32Array(rows).fill(NO_GROUP);
  if (column?.kind !== 'number') return codes;
  const scale = high > low ? RAMP_STEPS / (high - low) : 0;
  for (const [row, value] of column.values.entries()) {
    if (Number.isFinite(value)) codes[row] = Math.min(RAMP_STEPS - 1, Math.floor((value - low) * scale));
  }
  return codes;
}

function countGroups({ left, right }: Legend['codes'], groups: number) {
  const count = (codes: Int32Array) => {
    const counts = new Int32Array(groups);
    for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
    return counts;
  };
  const [ofLeft, ofRight] = [count(left), count(right)];
  return (group: number) => ({ left: ofLeft[group] ?? 0, right: ofRight[group] ?? 0 });
}

function missingIn({ left, right }: Legend['codes']): number {
  let count = 0;
  for (const codes of [left, right]) for (const code of codes) if (code < 0) count++;
  return count;
}
