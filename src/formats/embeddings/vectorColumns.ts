/**
 * Which columns of a table of numbers and text are vectors: lists of numbers; numbered columns such as `dim0`, `dim1`,
 * or `umap_1`, `umap_2`; `x`, `y` and perhaps `z`; or else every column of numbers that is no label and no id.
 */
import { isNumber, toNumber } from '../../domain/maps/columns';
import { KNOWN_NAMES } from './rowFacts';

/** Columns that together are one vector a row. */
export interface VectorColumns {
  readonly name: string;
  /** Places of columns: one of lists, or one a dimension. */
  readonly places: readonly number[];
  readonly form: 'list' | 'numbers';
  readonly dimensions: number;
}

/** A column by its name and the first few cells. */
export interface ProbedColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

const COORDINATES = [
  ['x', 'y', 'z'],
  ['x', 'y'],
];
/** Of vectors whose columns have no name of their own. */
const PLAIN_NAME = 'vectors';

/** The vectors of a table, in the order in which their columns begin; none if there is no column of numbers. */
export function findVectorColumns(columns: readonly ProbedColumn[]): VectorColumns[] {
  const lists = columns.flatMap((column, place) => listColumn(column, place));
  const numeric = columns.flatMap((column, place) => (isNumeric(column) ? [place] : []));
  const grouped = [...numberedColumns(columns, numeric), ...coordinateColumns(columns, numeric)];
  const found = [...lists, ...grouped].sort((a, b) => a.places[0] - b.places[0]);
  if (found.length > 0) return found;
  const free = numeric.filter((place) => !KNOWN_NAMES.includes(columns[place].name.toLowerCase()));
  return free.length === 0 ? [] : [numbersOf(PLAIN_NAME, free)];
}

/** The numbers of a list as text, `[1, 2.5]`; undefined for any other text. */
export function parseList(cell: string): number[] | undefined {
  const match = /^\s*[[(]([^[\]()]*)[\])]\s*$/.exec(cell);
  const parts = match?.[1].split(/[\s,;]+/).filter((part) => part !== '') ?? [];
  return parts.length > 0 && parts.every(isNumber) ? parts.map(toNumber) : undefined;
}

function listColumn({ name, cells }: ProbedColumn, place: number): VectorColumns[] {
  const lists = cells.filter((cell) => cell !== '').map(parseList);
  const dimensions = lists[0]?.length ?? 0;
  const isList = dimensions > 0 && lists.every((list) => list?.length === dimensions);
  return isList ? [{ name, places: [place], form: 'list', dimensions }] : [];
}

function isNumeric({ cells }: ProbedColumn): boolean {
  const present = cells.filter((cell) => cell !== '');
  return present.length > 0 && present.every(isNumber);
}

/** Columns of numbers whose names differ in their number alone, two or more, in the order of the numbers. */
function numberedColumns(columns: readonly ProbedColumn[], numeric: readonly number[]): VectorColumns[] {
  const groups = new Map<string, { place: number; number: number }[]>();
  for (const place of numeric) {
    const match = /^(.*?)[_ .-]?(\d{1,6})$/.exec(columns[place].name);
    if (match === null) continue;
    const members = groups.get(match[1]) ?? [];
    members.push({ place, number: Number(match[2]) });
    groups.set(match[1], members);
  }
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([name, members]) => {
      const ordered = members.sort((a, b) => a.number - b.number).map(({ place }) => place);
      return numbersOf(name === '' ? PLAIN_NAME : name, ordered);
    });
}

function coordinateColumns(columns: readonly ProbedColumn[], numeric: readonly number[]): VectorColumns[] {
  const placeOf = (name: string) => numeric.find((place) => columns[place].name.toLowerCase() === name);
  for (const names of COORDINATES) {
    const places = names.map(placeOf).filter((place) => place !== undefined);
    if (places.length === names.length) return [numbersOf(names.join(', '), places)];
  }
  return [];
}

function numbersOf(name: string, places: readonly number[]): VectorColumns {
  return { name, places, form: 'numbers', dimensions: places.length };
}
