/**
 * Embeddings in CSV and TSV files, with a header line or without. The file is gone through once to list it, which keeps
 * all but the vectors, and once for each table that is loaded.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { isNumber, toNumber } from '../../domain/maps/columns';
import { csvRecords } from '../tables/csvRecords';
import { readMetadataTable, type TextTable } from './metadataTable';
import { rowFacts } from './rowFacts';
import { singleEpoch, type EmbeddingSource, type EmbeddingTable, type LoadedVectors } from './source';
import { findVectorColumns, parseList, type VectorColumns } from './vectorColumns';
import { checkSize, finiteRows } from './vectors';

/** How the lines of a file are read. */
interface Layout {
  readonly hasHeader: boolean;
  readonly names: readonly string[];
  readonly vectors: readonly VectorColumns[];
}

/** Rows that are looked at before anything is decided. */
const PROBED_ROWS = 100;
/** Names that go with a file of numbers alone, as TensorBoard's projector offers them for download. */
const SIDE_FILES = ['metadata.tsv', 'meta.tsv'];

/** Opens a file. Throws HumanError naming the line that is damaged, or if there is no column of numbers. */
export async function openCsvEmbeddings(path: string): Promise<EmbeddingSource> {
  const layout = layoutOf(await firstRows(path));
  if (layout.vectors.length === 0) {
    throw new HumanError(
      `${path} has no columns of numbers that could be vectors: name them dim0, dim1 and so on.`,
    );
  }
  const { rows, table } = await readOthers(path, layout);
  const side = table.columns.length === 0 ? await sideMetadata(path, rows) : undefined;
  const facts = rowFacts(side ?? table, rows);
  return {
    name: basename(path, extname(path)),
    place: path,
    kind: 'file',
    tables: layout.vectors.map((vectors) => tableOf(path, layout, { vectors, rows })),
    ...facts,
  };
}

async function firstRows(path: string): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of csvRecords(path)) {
    rows.push(cells);
    if (rows.length > PROBED_ROWS) break;
  }
  if (rows.length === 0) throw new HumanError(`${path} is empty: give a file with vectors.`);
  return rows;
}

/** The first line is a header where it has a name above numbers, or counts the columns, as pandas does. */
function layoutOf([first, ...rest]: readonly (readonly string[])[]): Layout {
  const hasHeader =
    rest.length > 0 &&
    (isCounting(first) ||
      first.some((cell, i) => !isValue(cell) && rest.some((row) => isValue(row[i] ?? ''))));
  const body = hasHeader ? rest : [first, ...rest];
  const columns = first.map((name, i) => {
    const cells = body.map((row) => row[i] ?? '');
    return { name: hasHeader ? headerName(name, i) : numberedName(cells, i), cells };
  });
  return { hasHeader, names: columns.map(({ name }) => name), vectors: findVectorColumns(columns) };
}

/** A first column without a name is the index of a data frame. */
function headerName(name: string, i: number): string {
  return name === '' ? (i === 0 ? 'index' : `column ${i + 1}`) : name;
}

function numberedName(cells: readonly string[], i: number): string {
  return cells.every((cell) => cell === '' || isNumber(cell)) ? `vectors ${i + 1}` : `column ${i + 1}`;
}

function isValue(cell: string): boolean {
  return isNumber(cell) || parseList(cell) !== undefined;
}

/** `0, 1, 2, ...`, perhaps after an empty cell. */
function isCounting(cells: readonly string[]): boolean {
  const counted = cells[0] === '' ? cells.slice(1) : cells;
  return counted.length > 1 && counted.every((cell, i) => cell === String(i));
}

/** Counts rows and keeps the columns that are not of a vector. */
async function readOthers(path: string, layout: Layout): Promise<{ rows: number; table: TextTable }> {
  const taken = new Set(layout.vectors.flatMap(({ places }) => places));
  const others = layout.names.flatMap((name, place) =>
    taken.has(place) ? [] : [{ name, place, cells: [] as string[] }],
  );
  let rows = 0;
  await forEachRow(path, layout, (cells) => {
    for (const column of others) column.cells.push(cells[column.place]);
    rows++;
  });
  return { rows, table: { columns: others, notes: [] } };
}

async function forEachRow(
  path: string,
  { hasHeader, names }: Layout,
  act: (cells: readonly string[]) => void,
): Promise<void> {
  let isFirst = hasHeader;
  for await (const { cells, line } of csvRecords(path)) {
    if (cells.length !== names.length) {
      throw new HumanError(
        `${path} has ${cells.length} cells in line ${line} and ${names.length} in the first: correct it there.`,
      );
    }
    if (!isFirst) act(cells);
    isFirst = false;
  }
}

/** Metadata beside a file of numbers alone, if it has as many rows. */
async function sideMetadata(path: string, rows: number): Promise<TextTable | undefined> {
  for (const name of SIDE_FILES) {
    const side = join(dirname(path), name);
    if (name === basename(path) || !existsSync(side)) continue;
    const table = await readMetadataTable(side, rows);
    if (table.notes.length === 0) return { ...table, notes: [`What is known of the rows is from ${name}.`] };
  }
  return undefined;
}

function tableOf(
  path: string,
  layout: Layout,
  { vectors, rows }: { readonly vectors: VectorColumns; readonly rows: number },
): EmbeddingTable {
  const { name, dimensions } = vectors;
  checkSize(`${path}, ${name}`, { count: rows, dimensions });
  return singleEpoch({ name, dimensions }, () => loadVectors(path, layout, { vectors, rows }));
}

/** What is no number counts as missing. */
async function loadVectors(
  path: string,
  layout: Layout,
  { vectors, rows }: { readonly vectors: VectorColumns; readonly rows: number },
): Promise<LoadedVectors> {
  const { name, places, form, dimensions } = vectors;
  const values = new Float32Array(rows * dimensions).fill(Number.NaN);
  let at = 0;
  await forEachRow(path, layout, (cells) => {
    const from = at * dimensions;
    if (form === 'list') setList(values, parseList(cells[places[0]]), { from, dimensions });
    else
      places.forEach(
        (place, i) => (values[from + i] = isNumber(cells[place]) ? toNumber(cells[place]) : Number.NaN),
      );
    at++;
  });
  if (at !== rows) throw new HumanError(`${path} has ${at} rows now and had ${rows}: open it again.`);
  return finiteRows(`${basename(path)}, ${name}`, { values, count: rows, dimensions });
}

/** A list of another length is none. */
function setList(
  values: Float32Array,
  list: readonly number[] | undefined,
  { from, dimensions }: { readonly from: number; readonly dimensions: number },
): void {
  if (list?.length === dimensions) values.set(list, from);
}
