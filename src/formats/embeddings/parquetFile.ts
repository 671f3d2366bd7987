/**
 * Embeddings in Parquet files: columns of lists of numbers, or numbered columns, are vectors; columns of single values
 * say what is known of a row. Columns are read one at a time, because the file is laid out so.
 */
import { basename, extname } from 'node:path';
import { formatSome } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import { readParquet, type ColumnChunk, type ParquetTable } from '../tables/parquet';
import type { Cell } from '../tables/table';
import { rowFacts } from './rowFacts';
import { singleEpoch, type EmbeddingSource, type EmbeddingTable, type LoadedVectors } from './source';
import { findVectorColumns, parseList, type VectorColumns } from './vectorColumns';
import { checkSize, finiteRows } from './vectors';

const PROBED_ROWS = 20;
const NAMES_SHOWN = 3;

/** Opens a file. Throws HumanError if it is damaged or no column holds vectors. */
export async function openParquetEmbeddings(path: string): Promise<EmbeddingSource> {
  const table = await readParquet(path);
  const probed = await Promise.all(
    table.columns.map(async (name) => ({ name, cells: (await table.read(name, PROBED_ROWS)).map(textOf) })),
  );
  const known = probed.map(({ name, cells }) => ({ name, cells: cells.map((cell) => cell ?? '') }));
  const vectors = findVectorColumns(known);
  if (vectors.length === 0) {
    throw new HumanError(
      `${path} has no column of lists of numbers, and none of numbers (${table.columns.join(', ')}): give a file with vectors.`,
    );
  }
  const taken = new Set(vectors.flatMap(({ places }) => places));
  const nested = probed.filter(({ cells }, i) => !taken.has(i) && cells.includes(undefined));
  const others = probed.filter((column, i) => !taken.has(i) && !nested.includes(column));
  const facts = rowFacts(
    await readColumns(
      table,
      others.map(({ name }) => name),
    ),
    table.rows,
  );
  return {
    name: basename(path, extname(path)),
    place: path,
    kind: 'file',
    tables: vectors.map((each) => tableOf(table, each)),
    ...facts,
    notes: [...nestedNote(nested.map(({ name }) => name)), ...facts.notes],
  };
}

/** A value as text; of a list of numbers, as `parseList` reads it. Undefined for anything nested. */
function textOf(cell: Cell): string | undefined {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  const list = listOf(cell);
  return list === undefined ? textOfBytes(cell) : `[${list.join(' ')}]`;
}

/** Text columns of unannotated files come as bytes. What is no UTF-8 is no text. */
function textOfBytes(cell: Cell): string | undefined {
  if (!(cell instanceof Uint8Array)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(cell);
  } catch {
    return undefined;
  }
}

function listOf(cell: Cell): readonly number[] | undefined {
  return isList(cell) ? Array.from(cell, numberOf) : undefined;
}

function isList(cell: Cell): cell is ArrayLike<unknown> {
  if (!Array.isArray(cell)) return cell instanceof Float32Array || cell instanceof Float64Array;
  const isNumber = (value: unknown) =>
    typeof value === 'number' || typeof value === 'bigint' || value === null;
  return cell.every(isNumber);
}

/** Null and what is no number count as missing. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

async function readColumns(table: ParquetTable, names: readonly string[]) {
  const columns: { name: string; cells: string[] }[] = [];
  for (const name of names) {
    const known = table.namesIn(name);
    const cells = (await table.read(name)).map((cell) => textOf(cell) ?? '');
    columns.push({
      name,
      cells: known === undefined ? cells : cells.map((cell) => known[Number(cell)] ?? cell),
    });
  }
  return { columns, notes: [] };
}

function tableOf(table: ParquetTable, vectors: VectorColumns): EmbeddingTable {
  const { name, dimensions } = vectors;
  checkSize(`${table.path}, ${name}`, { count: table.rows, dimensions });
  return singleEpoch({ name, dimensions }, () => loadVectors(table, vectors));
}

async function loadVectors(
  table: ParquetTable,
  { name, places, form, dimensions }: VectorColumns,
): Promise<LoadedVectors> {
  const values = new Float32Array(table.rows * dimensions).fill(Number.NaN);
  for (const [i, place] of places.entries()) {
    for (const chunk of await table.chunks(table.columns[place])) {
      if (form === 'list') fillRows(values, chunk, dimensions);
      else fillColumn(values, chunk, { dimensions, column: i });
    }
  }
  return finiteRows(`${basename(table.path)}, ${name}`, { values, count: table.rows, dimensions });
}

function fillColumn(
  values: Float32Array,
  { from, cells }: ColumnChunk,
  { dimensions, column }: { readonly dimensions: number; readonly column: number },
): void {
  for (let k = 0; k < cells.length; k++) values[(from + k) * dimensions + column] = numberOf(cells[k]);
}

/** A list of another length is none. Lists may be written as text, too. */
function fillRows(values: Float32Array, { from, cells }: ColumnChunk, dimensions: number): void {
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k];
    const list = isList(cell) ? cell : (parseList(textOf(cell) ?? '') ?? []);
    const start = (from + k) * dimensions;
    for (let d = 0; d < dimensions && list.length === dimensions; d++) values[start + d] = numberOf(list[d]);
  }
}

function nestedNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Columns of bytes or nested values are left out: ${formatSome(names.slice(0, NAMES_SHOWN), names.length)}.`,
  ];
}
