/**
 * From columns of text to what is known of each row: which column holds the ids, which the labels, which the hashes.
 * Files of others have no agreed names, so the usual ones are looked for and a note says what was taken.
 */
import {
  COLUMN_NAME,
  MOST_CATEGORIES,
  categoryColumn,
  columnOf,
  isWhole,
  type Column,
} from '../../domain/maps/columns';
import type { EmbeddingSource } from './source';
import type { TextTable } from './metadataTable';

/** The part of a source that does not depend on vectors. */
export type RowFacts = Pick<EmbeddingSource, 'ids' | 'columns' | 'notes' | 'keys'>;

const USUAL_IDS = ['id', 'sample_id', 'sample id', 'index', 'uuid', 'path', 'file', 'filename'];
const USUAL_LABELS = [COLUMN_NAME.class, 'label', 'labels', 'target', 'y', 'category', 'class_name'];
const USUAL_KEYS = ['key', 'hash', 'content hash'];

/** Names, in lower case, of columns that are not part of a vector though they may hold numbers. */
export const KNOWN_NAMES: readonly string[] = [
  ...USUAL_IDS,
  ...USUAL_LABELS,
  ...USUAL_KEYS,
  COLUMN_NAME.split,
  '',
];

/** Ids, columns and hashes of `rows` rows. */
export function rowFacts({ columns, notes }: TextTable, rows: number): RowFacts {
  const find = (names: readonly string[]) =>
    names.flatMap((name) => columns.filter((column) => column.name.toLowerCase() === name)).at(0);
  const id = find(USUAL_IDS);
  const label = find(USUAL_LABELS);
  const key = find(USUAL_KEYS);
  const hasIds = id !== undefined && isUnique(id.cells);
  const hasKeys = key?.cells.every((cell) => /^[0-9a-f]{16,64}$/i.test(cell)) === true;
  const rest = columns.filter((column) => !(hasIds && column === id) && !(hasKeys && column === key));
  return {
    ids: hasIds ? id.cells : Array.from({ length: rows }, (_, row) => String(row)),
    columns: rest.map(({ name, cells }) =>
      name === label?.name ? labelColumn(cells) : columnOf(name, cells),
    ),
    notes: [
      ...notes,
      ...(id !== undefined && !hasIds ? [`${id.name} has repeated or empty values: rows are numbered.`] : []),
      ...(label === undefined || label.name === COLUMN_NAME.class
        ? []
        : [`The column ${label.name} is taken as the class.`]),
    ],
    ...(hasKeys ? { keys: key.cells } : {}),
  };
}

/** Labels that recur are classes, more of them than of any other column; labels that do not are names. */
function labelColumn(cells: readonly string[]): Column {
  const values = cells.map((cell) => cell.trim());
  const column = columnOf(COLUMN_NAME.class, values);
  const present = values.filter((value) => value !== '');
  const distinct = new Set(present).size;
  const recurs = distinct * 2 <= present.length || (distinct < present.length && distinct <= MOST_CATEGORIES);
  const names = column.kind === 'text' || present.every(isWhole);
  return recurs && names ? categoryColumn(column.name, values) : column;
}

function isUnique(cells: readonly string[]): boolean {
  return cells.every((cell) => cell !== '') && new Set(cells).size === cells.length;
}
