/**
 * The labels of the rows of an index: one class a row, or several. Several come as people in the field write them: in
 * one cell with a separator between (fastai's label_delim; Kaggle's Planet has spaces, ChestX-ray14 has "|"), as a list
 * of a Parquet file (a sequence of Hugging Face's data sets), or as a column a class with 0, 1 or a soft weight between
 * (CheXpert; fastai and Keras with a list of label columns).
 */
import { HumanError } from '../../domain/errors';
import { findColumn, type Cell, type Table } from '../tables/table';
import { allocateLabelWeights, labelsOfWeights, type SampleLabels } from './labelWeights';

/** One label of a row. */
export interface RowLabel {
  readonly name: string;
  /** Above 0, up to 1. */
  readonly weight: number;
}

export interface IndexLabels {
  /** Of each row, one at least. */
  readonly rows: readonly (readonly RowLabel[])[];
  /** The order of classes that the file tells, where it does. */
  readonly knownClasses: readonly string[] | undefined;
}

export interface LabelColumns {
  /** A column, or several with commas between; empty for the usual ones. */
  readonly labelColumn: string;
  /** What stands between several labels of a cell; empty where a cell is one label. */
  readonly labelSeparator: string;
}

const KEY = 'dataset.labelColumn';
const USUAL_LABELS = ['label', 'class', 'target', 'category', 'fine_label', 'labels'];

/** Reads the labels of a table. Rejects with a HumanError naming file and row of what is wrong. */
export async function readLabels(table: Table, columns: LabelColumns): Promise<IndexLabels> {
  const names = labelColumnsOf(table, columns.labelColumn);
  return names.length === 1
    ? readCells(table, names[0], columns.labelSeparator)
    : readWeights(table, names, columns.labelSeparator);
}

/** What a cell says as text; text columns of unannotated Parquet files come as bytes. */
export function textOf(cell: Cell): string | undefined {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString();
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof cell) ? String(cell) : undefined;
}

/** Whether any row has another label than one of weight 1. */
export function hasWeights(rows: readonly { readonly labels: readonly RowLabel[] }[]): boolean {
  return rows.some(({ labels }) => labels.length !== 1 || labels[0].weight !== 1);
}

/** The table of weights of rows, for classes in this order. Throws HumanError if it is too large. */
export function weightsOfRows(
  source: string,
  rows: readonly { readonly labels: readonly RowLabel[]; readonly place: string }[],
  classNames: readonly string[],
): SampleLabels {
  const places = new Map(classNames.map((name, place) => [name, place]));
  const weights = allocateLabelWeights(source, rows.length, classNames.length);
  rows.forEach(({ labels }, row) => {
    for (const { name, weight } of labels)
      weights[row * classNames.length + (places.get(name) ?? 0)] = weight;
  });
  return labelsOfWeights(weights, classNames.length, (row) => rows[row].place);
}

/** A column whose own name has commas is one column. */
function labelColumnsOf(table: Table, name: string): string[] {
  const several = table.columns.includes(name) ? [name] : name.split(',').map((each) => each.trim());
  return [...new Set(several)].map((each) =>
    findColumn(table, { name: each, usual: several.length > 1 ? [] : USUAL_LABELS, key: KEY }),
  );
}

async function readCells(table: Table, column: string, separator: string): Promise<IndexLabels> {
  const cells = await table.read(column);
  const knownClasses = table.namesIn(column);
  const rows = cells.map((cell, i) => {
    const place = `${table.path}, row ${i + 1}`;
    const names = piecesOf(cell, separator).map((piece) => classOf(piece, knownClasses, place));
    if (names.length === 0) throw new HumanError(`${place} has no label: fill or remove it.`);
    return [...new Set(names)].map((name) => ({ name, weight: 1 }));
  });
  return { rows, knownClasses };
}

/** The labels of a cell, without what is empty between two separators. */
function piecesOf(cell: Cell, separator: string): readonly Cell[] {
  if (Array.isArray(cell)) return cell;
  if (ArrayBuffer.isView(cell) && !(cell instanceof Uint8Array)) return Array.from(cell as Int32Array);
  const text = textOf(cell);
  if (text === undefined || separator === '') return [cell];
  return text.split(separator).flatMap((piece) => piece.trim() || []);
}

function classOf(cell: Cell, names: readonly string[] | undefined, place: string): string {
  const text = textOf(cell);
  if (text === undefined || text === '') {
    throw new HumanError(`${place} has no label: fill or remove it.`);
  }
  if (names === undefined) {
    return text;
  }
  const name = names.at(Number(text)) ?? '';
  if (!/^\d+$/.test(text) || name === '') {
    throw new HumanError(
      `${place} has the label ${text}, which the file's own ${names.length} classes lack.`,
    );
  }
  return name;
}

async function readWeights(table: Table, names: readonly string[], separator: string): Promise<IndexLabels> {
  if (separator !== '') {
    throw new HumanError(
      `"dataset.labelSeparator" divides the cells of one column and "${KEY}" names ${names.length}: leave one of the two out.`,
    );
  }
  const rows = Array.from({ length: table.rows }, (): RowLabel[] => []);
  for (const name of names) {
    (await table.read(name)).forEach((cell, i) => {
      const weight = weightOf(cell, `${table.path}, row ${i + 1}, column ${name}`);
      if (weight > 0) rows[i].push({ name, weight });
    });
  }
  const empty = rows.findIndex((labels) => labels.length === 0);
  if (empty >= 0) {
    throw new HumanError(
      `${table.path}, row ${empty + 1} has no label, being 0 in every column of "${KEY}": add a column for it, or remove it.`,
    );
  }
  return { rows, knownClasses: names };
}

const WORDS: Readonly<Record<string, number>> = { true: 1, false: 0 };

function weightOf(cell: Cell, place: string): number {
  const text = (textOf(cell) ?? '').trim();
  const weight = text === '' ? Number.NaN : (WORDS[text.toLowerCase()] ?? Number(text));
  if (weight >= 0 && weight <= 1) return weight;
  throw new HumanError(
    `${place}: ${text === '' ? 'nothing' : `"${text}"`} is no label weight; write 0, 1 or a number between.`,
  );
}
