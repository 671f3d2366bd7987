/**
 * Embeddings in Parquet files: columns of lists of numbers, or numbered columns, are vectors; columns of single values
 * say what is known of a row. Columns are read one at a time, because the file is laid out so.
 */
import { basename, extname } from 'node:path';
import { formatSome } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import { readParquet } from '../tables/parquet';
import type { Cell, Table } from '../tables/table';
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
  if (cell instanceof Float32Array || cell instanceof Float64Array) return [...cell];
  if (!Array.isArray(cell)) return undefined;
  const values: readonly unknown[] = cell;
  const isOfNumbers = values.every(
    (value) => typeof value === 'number' || typeof value === 'bigint' || value === null,
  );
  return isOfNumbers ? values.map(numberOf) : undefined;
}

/** Lists may be written as text, too. */
function vectorOf(cell: Cell): readonly number[] | undefined {
  return listOf(cell) ?? parseList(textOf(cell) ?? '');
}

/** Null and what is no number count as missing. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

async function readColumns(table: Table, names: readonly string[]) {
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

function tableOf(table: Table, vectors: VectorColumns): EmbeddingTable {
  const { name, dimensions } = vectors;
  checkSize(`${table.path}, ${name}`, { count: table.rows, dimensions });
  return singleEpoch({ name, dimensions }, () => loadVectors(table, vectors));
}

async function loadVectors(
  table: Table,
  { name, places, form, dimensions }: VectorColumns,
): Promise<LoadedVectors> {
  const values = new Float32Array(table.rows * dimensions).fill(Number.NaN);
  for (const [i, place] of places.entries()) {
    const cells = await table.read(table.columns[place]);
    if (form === 'list') cells.forEach((cell, row) => setList(values, vectorOf(cell), { row, dimensions }));
    else cells.forEach((cell, row) => (values[row * dimensions + i] = numberOf(cell)));
  }
  return finiteRows(`${basename(table.path)}, ${name}`, { values, count: table.rows, dimensions });
}

/** A list of another length is none. */
function setList(
  values: Float32Array,
  list: readonly number[] | undefined,
  { row, dimensions }: { readonly row: number; readonly dimensions: number },
): void {
  if (list?.length === dimensions) values.set(list, row * dimensions);
}

function nestedNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Columns of bytes or nested values are left out: ${formatSome(names.slice(0, NAMES_SHOWN), names.length)}.`,
  ];
}
