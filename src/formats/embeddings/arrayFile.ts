/**
 * Embeddings as NumPy arrays: each [rows, dimensions] of numbers is a table, each [rows] beside it a column. An array
 * of another number of rows than the widest has no place and is named in a note.
 */
import { basename, extname } from 'node:path';
import { formatSome } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import { openArrays, type ArrayFile } from '../arrays/arrayFiles';
import type { NpyHeader } from '../arrays/npy';
import { copyNumbers, readNames } from '../arrays/npyValues';
import type { TextTable } from './metadataTable';
import { rowFacts } from './rowFacts';
import { singleEpoch, type EmbeddingSource } from './source';
import { checkSize, finiteRows } from './vectors';

/** An array by the name that it has in its file. */
interface Named {
  readonly key: string;
  readonly header: NpyHeader;
}

const NAMES_SHOWN = 3;

/** Opens a .npy or .npz file. Throws HumanError if it is damaged or holds no vectors. */
export async function openArrayEmbeddings(path: string): Promise<EmbeddingSource> {
  const file = await openArrays(path, []);
  const arrays: Named[] = [];
  for (const key of file.names) arrays.push({ key, header: await file.describe(key) });
  const vectors = arrays.filter(({ header }) => isVectors(header, arrays.length === 1));
  const rows = rowsOf(path, vectors);
  const tables = vectors.filter(({ header }) => header.shape[0] === rows);
  const columns = arrays.filter((array) => !tables.includes(array) && isColumn(array.header, rows));
  const facts = rowFacts(await columnsOf(file, columns), rows);
  const others = arrays.filter((array) => !tables.includes(array) && !columns.includes(array));
  return {
    name: basename(path, extname(path)),
    place: path,
    kind: 'file',
    tables: tables.map((array) => tableOf(file, array)),
    ...facts,
    notes: [...othersNote(others), ...facts.notes],
  };
}

/** One row of numbers is a vector only where there is nothing else. */
function isVectors({ kind, shape }: NpyHeader, isAlone: boolean): boolean {
  return kind !== 'S' && kind !== 'U' && (shape.length === 2 || (shape.length === 1 && isAlone));
}

/** Arrays of one value a row are labels, whatever their number of axes. */
function isColumn({ shape }: NpyHeader, rows: number): boolean {
  return shape.length === 1 && shape[0] === rows;
}

/** The rows of the widest array. */
function rowsOf(path: string, vectors: readonly Named[]): number {
  if (vectors.length === 0) {
    throw new HumanError(`${path} has no array of numbers with the shape [rows, dimensions]: save one.`);
  }
  const widest = vectors.reduce((best, each) =>
    dimensionsOf(each.header) > dimensionsOf(best.header) ? each : best,
  );
  checkSize(widest.header.name, { count: widest.header.shape[0], dimensions: dimensionsOf(widest.header) });
  return widest.header.shape[0];
}

function dimensionsOf({ shape }: NpyHeader): number {
  return shape.at(1) ?? 1;
}

function tableOf(file: ArrayFile, { key, header }: Named) {
  const count = header.shape[0];
  const dimensions = dimensionsOf(header);
  return singleEpoch({ name: key, dimensions }, async () => {
    checkSize(header.name, { count, dimensions });
    const array = await file.read(key);
    if (array.shape[0] !== count || dimensionsOf(array) !== dimensions) {
      throw new HumanError(`${header.name} has another shape than when it was listed: open it again.`);
    }
    const values = new Float32Array(count * dimensions);
    copyNumbers(array, values);
    return finiteRows(header.name, { values, count, dimensions });
  });
}

async function columnsOf(file: ArrayFile, arrays: readonly Named[]): Promise<TextTable> {
  const columns: { name: string; cells: string[] }[] = [];
  for (const { key } of arrays) columns.push({ name: key, cells: await cellsOf(file, key) });
  return { columns, notes: [] };
}

async function cellsOf(file: ArrayFile, key: string): Promise<string[]> {
  const array = await file.read(key);
  if (array.kind !== 'f') return readNames(array);
  const values = new Float64Array(array.shape[0]);
  copyNumbers(array, values);
  return Array.from(values, (value) => (Number.isNaN(value) ? '' : String(value)));
}

function othersNote(others: readonly Named[]): string[] {
  if (others.length === 0) return [];
  const names = others.slice(0, NAMES_SHOWN).map(({ key, header }) => `${key} (${header.shape.join(' x ')})`);
  return [`Arrays of another shape are left out: ${formatSome(names, others.length)}.`];
}
