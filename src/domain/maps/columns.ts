/**
 * What is known of each sample of an embedding beside its vector: named columns with one value a row. Files hold text
 * alone, so what a column is, its values say: numbers, a few classes that recur, or text.
 */

/** Where the values of a column come from. */
interface ColumnOrigin {
  /** True where the source recorded none, and the nearest samples of the map vote in full dimension instead. */
  readonly isVoted?: boolean | undefined;
}

/** One of a few values; `codes` are places in `categories`, -1 where nothing is recorded. */
export interface CategoryColumn extends ColumnOrigin {
  readonly kind: 'category';
  readonly name: string;
  readonly categories: string[];
  readonly codes: Int32Array;
}

/** A number a row, NaN where nothing is recorded. */
export interface NumberColumn extends ColumnOrigin {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float32Array;
}

/** A text a row, empty where nothing is recorded. */
export interface TextColumn extends ColumnOrigin {
  readonly kind: 'text';
  readonly name: string;
  readonly values: string[];
}

export type Column = CategoryColumn | NumberColumn | TextColumn;

/** Its head in a file: a vote is no prediction, and whoever reads the file has no page beside it. */
export function headOf({ name, isVoted }: Column): string {
  return isVoted === true ? `${name} by neighbours` : name;
}

/** Columns that readers and pages know by name; all others are metadata of the source. */
export const COLUMN_NAME = {
  class: 'class',
  prediction: 'prediction',
  correct: 'correct',
  confidence: 'confidence',
  split: 'split',
  cluster: 'cluster',
  neighbourChange: 'neighbour change',
} as const;

const inNaturalOrder = new Intl.Collator('en', { numeric: true });
/** The most values that still make classes: a legend of more is not read. */
export const MOST_CATEGORIES = 256;
/** Whole numbers that recur less often are measurements. */
const MOST_NUMBERED_CATEGORIES = 64;
/** How often a class has to recur on average. */
const LEAST_REPEATS = 2;

/** A column of texts as they stand in a file; cells are trimmed. */
export function columnOf(name: string, cells: readonly string[]): Column {
  const values = cells.map((cell) => cell.trim());
  const present = values.filter((value) => value !== '');
  const distinct = new Set(present);
  const isNumeric = present.length > 0 && present.every((value) => isNumber(value));
  const most = isNumeric ? MOST_NUMBERED_CATEGORIES : MOST_CATEGORIES;
  const recurs = distinct.size <= most && distinct.size * LEAST_REPEATS <= present.length;
  if (isNumeric && !(recurs && present.every(isWhole))) {
    return { kind: 'number', name, values: Float32Array.from(values, toNumber) };
  }
  return recurs ? categoryColumn(name, values) : { kind: 'text', name, values };
}

/** A column of classes, in the natural order of their names; empty texts are no class. */
export function categoryColumn(name: string, values: readonly string[]): CategoryColumn {
  const categories = [...new Set(values)].filter((value) => value !== '').sort(inNaturalOrder.compare);
  const places = new Map(categories.map((category, place) => [category, place]));
  return { kind: 'category', name, categories, codes: Int32Array.from(values, (v) => places.get(v) ?? -1) };
}

/** The value of one row as a person reads it; empty where nothing is recorded. */
export function cellText(column: Column, row: number): string {
  switch (column.kind) {
    case 'category':
      return column.categories[column.codes[row]] ?? '';
    case 'number':
      return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
    case 'text':
      return column.values[row];
  }
}

/** Whether a text is one number, as programs write it; `nan` is one, too. */
export function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|inf(inity)?|nan)$/i.test(text);
}

/** The number that `isNumber` found; NaN for an empty text. */
export function toNumber(text: string): number {
  if (text === '') return Number.NaN;
  const value = Number(text);
  if (!Number.isNaN(value) || !/inf/i.test(text)) return value;
  return text.startsWith('-') ? -Infinity : Infinity;
}

/** Whether a text is a whole number, as programs write it. */
export function isWhole(text: string): boolean {
  return /^[+-]?\d+(\.0*)?$/.test(text);
}
