/**
 * An index of images and labels: a CSV, TSV or Parquet file with a row per image, or a folder with one such file for
 * each part. A row names a file, relative to the index and below its folder (an absolute path must lie there, too),
 * or holds the encoded bytes itself, as Hugging Face's data sets do: {bytes, path}.
 */
import { dirname, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { confinedTo } from '../confinedPaths';
import { errorCode, readingError } from '../reading';
import { readCsv } from '../tables/csv';
import { readParquet } from '../tables/parquet';
import { findColumn, findOptionalColumn, type Cell, type Table } from '../tables/table';
import { labelsOf, sortClassNames } from './classes';
import { visibleEntries } from './contentFolder';
import { fileStamp } from './folders';
import { hasWeights, readLabels, textOf, weightsOfRows } from './indexLabels';
import type { LabelColumns, RowLabel } from './indexLabels';
import type { SampleLabels } from './labelWeights';
import type { Picture, PictureList } from './pictures/picture';

/** Columns by name; an empty name stands for the usual ones. */
export interface IndexColumns extends LabelColumns {
  readonly imageColumn: string;
  readonly splitColumn: string;
}

/** Endings of files that can be an index. */
export const INDEX_ENDINGS = /\.(csv|tsv|parquet)$/i;

const USUAL_IMAGES = ['image', 'img', 'image_path', 'file', 'filename', 'file_name', 'filepath', 'path'];
const USUAL_SPLITS = ['split', 'subset', 'partition'];
/** The words for a part, in a column or at the beginning of a file's name; a `validation` part tests where no other does. */
const PART_WORDS = { train: /^train/i, test: /^test/i, validation: /^(val|dev)/i } as const;
type PartWord = keyof typeof PART_WORDS;

/** Lists the images of an index. Rejects with a HumanError naming file and row of what is wrong. */
export async function listIndex(path: string, columns: IndexColumns): Promise<PictureList> {
  const files = indexFiles(path);
  const rows: Row[] = [];
  for (const { file, part } of files) {
    rows.push(...(await readRows(await readTable(file), part, columns)));
  }
  const tested = rows.some(({ part }) => part === 'test') ? 'test' : 'validation';
  const train = rows.filter(({ part }) => part === 'train' || part === undefined);
  const test = rows.filter(({ part }) => part === tested);
  const classNames = orderOf(train, test);
  const { labels, labelWeights } = labelsOfRows(path, [...train, ...test], classNames);
  return {
    source: path,
    classNames,
    pictures: [...train, ...test].map(({ name, content, stamp }, i) => {
      const part = i < train.length ? 'train' : 'test';
      return { name, content, stamp, part, label: labels[i] };
    }),
    labelWeights,
    hasParts: test.length > 0,
  };
}

interface IndexFile {
  readonly file: string;
  readonly part: PartWord | undefined;
}

interface Row extends Pick<Picture, 'name' | 'content' | 'stamp'> {
  readonly labels: readonly RowLabel[];
  readonly part: PartWord | undefined;
  /** The order of classes that the file tells, where it does. */
  readonly knownClasses: readonly string[] | undefined;
  readonly place: string;
}

/** The file itself; of a folder its only index, or those whose names begin with the words for parts. */
function indexFiles(path: string): IndexFile[] {
  if (INDEX_ENDINGS.test(path)) {
    return [{ file: path, part: undefined }];
  }
  const names = visibleEntries(path).flatMap(({ name }) => (INDEX_ENDINGS.test(name) ? [name] : []));
  if (names.length === 1) {
    return [{ file: join(path, names[0]), part: undefined }];
  }
  const parted = names.map((name) => ({ file: join(path, name), part: partWord(name) }));
  if (!parted.some(({ part }) => part === 'train')) {
    throw new HumanError(
      `${path} has no index of its own: name one CSV, TSV or Parquet file, or call them train.csv and test.csv.`,
    );
  }
  return parted.filter(({ part }) => part !== undefined);
}

function partWord(text: string): PartWord | undefined {
  const words = Object.keys(PART_WORDS) as PartWord[];
  return words.find((word) => PART_WORDS[word].test(text));
}

function readTable(file: string): Promise<Table> {
  return /\.parquet$/i.test(file) ? readParquet(file) : readCsv(file);
}

async function readRows(
  table: Table,
  partOfFile: PartWord | undefined,
  columns: IndexColumns,
): Promise<Row[]> {
  const { imageColumn, splitColumn } = columnsOf(table, columns);
  const images = await table.read(imageColumn);
  const labels = await readLabels(table, columns);
  const splits = splitColumn === undefined ? undefined : await table.read(splitColumn);
  const resolveImage = imageResolver(table.path);
  return images.map((cell, i) => {
    const place = `${table.path}, row ${i + 1}`;
    return {
      ...resolveImage(cell, i, place),
      labels: labels.rows[i],
      part: splits === undefined ? partOfFile : requirePart(splits[i], place),
      knownClasses: labels.knownClasses,
      place,
    };
  });
}

function columnsOf(table: Table, { imageColumn, splitColumn }: IndexColumns) {
  return {
    imageColumn: findColumn(table, { name: imageColumn, usual: USUAL_IMAGES, key: 'dataset.imageColumn' }),
    splitColumn: findOptionalColumn(table, {
      name: splitColumn,
      usual: USUAL_SPLITS,
      key: 'dataset.splitColumn',
    }),
  };
}

/** A function from an image's cell to where its bytes are. */
function imageResolver(index: string) {
  const folder = dirname(index);
  const confine = confinedTo(folder);
  const indexStamp = fileStamp(index);

  function fileOf(name: string, place: string): string {
    try {
      const file = confine(name);
      if (file !== undefined) return file;
    } catch (thrown) {
      if (errorCode(thrown) !== 'ENOENT') throw readingError(join(folder, name), thrown);
      throw new HumanError(`${place} names ${name}, which does not exist below ${folder}: correct the row.`);
    }
    throw new HumanError(`${place} names ${name}, which is not below ${folder}: put the images there.`);
  }

  return (cell: Cell, i: number, place: string): Pick<Picture, 'name' | 'content' | 'stamp'> => {
    const { bytes, path } = imageCell(cell);
    if (bytes !== undefined) {
      return { name: path ?? place, content: bytes, stamp: `${indexStamp}-${i}` };
    }
    if (path === undefined || path === '')
      throw new HumanError(`${place} names no image: fill or remove it.`);
    const file = fileOf(path, place);
    return { name: path, content: file, stamp: fileStamp(file) };
  };
}

function imageCell(cell: Cell): { bytes?: Uint8Array | undefined; path?: string | undefined } {
  if (typeof cell === 'string') return { path: cell };
  if (cell instanceof Uint8Array) return { bytes: cell };
  if (typeof cell !== 'object' || cell === null) return {};
  const { bytes, path } = cell as { bytes?: unknown; path?: unknown };
  return {
    bytes: bytes instanceof Uint8Array ? bytes : undefined,
    path: typeof path === 'string' ? path : undefined,
  };
}

function requirePart(cell: Cell, place: string): PartWord {
  const text = textOf(cell) ?? '';
  const part = partWord(text);
  if (part === undefined) {
    throw new HumanError(`${place} has the split "${text}": write train, test or val.`);
  }
  return part;
}

/** The file's own order of classes, as far as they occur, or else the natural one. */
function orderOf(train: readonly Row[], test: readonly Row[]): string[] {
  const present = new Set(train.flatMap(namesOf));
  const foreign = test.find((row) => namesOf(row).some((name) => !present.has(name)));
  if (foreign !== undefined) {
    const name = namesOf(foreign).find((each) => !present.has(each)) ?? '';
    throw new HumanError(
      `${foreign.place} has the class ${name}, of which there is no training image: correct the index.`,
    );
  }
  const known = train.find(({ knownClasses }) => knownClasses !== undefined)?.knownClasses;
  return known === undefined ? sortClassNames(present) : known.filter((name) => present.has(name));
}

function namesOf({ labels }: Row): string[] {
  return labels.map(({ name }) => name);
}

function labelsOfRows(path: string, rows: readonly Row[], classNames: readonly string[]): SampleLabels {
  if (hasWeights(rows)) return weightsOfRows(path, rows, classNames);
  return { labels: labelsOf(rows.flatMap(namesOf), classNames) };
}
