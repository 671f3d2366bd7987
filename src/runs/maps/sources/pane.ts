/**
 * One side of a projector: a source and the rows of it that are shown. Rows of a pane are all rows of its source, or,
 * where those are more than a page can hold, a sample of them by class.
 */
import { HumanError } from '../../../domain/errors';
import { formatCount } from '../../../domain/display/format';
import type { Column } from '../../../domain/maps/columns';
import { COLUMN_NAME } from '../../../domain/maps/columns';
import { openEmbeddings } from '../../../formats/embeddings/open';
import type { EmbeddingEpoch, EmbeddingSource, EmbeddingTable } from '../../../formats/embeddings/source';
import type { RowClasses } from '../../../projection/classFigures';
import { stratifiedRows } from '../../../projection/sample';
import type { PaneVectors } from './paneVectors';
import { packedRows, paneVectors } from './paneVectors';
import { VectorStore } from './vectorStore';

/** More points than a page draws at ease; others are reached by smaller files. */
export const MOST_ROWS = 200_000;
const SAMPLE_SEED = 0;

/** A source as a side of a projector. */
export class Pane {
  readonly #vectors = new VectorStore();
  #source: EmbeddingSource;
  /** Rows of the source, ascending; null for all. */
  readonly shown: Int32Array | null;
  readonly ids: readonly string[];
  readonly columns: readonly Column[];
  /** The column `class`; null without one. */
  readonly classes: RowClasses | null;

  private constructor(source: EmbeddingSource) {
    this.#source = source;
    const total = source.ids.length;
    const labels = classesOf(source.columns)?.codes ?? null;
    this.shown = total <= MOST_ROWS ? null : stratifiedRows({ count: total, labels }, MOST_ROWS, SAMPLE_SEED);
    this.ids = gather(source.ids, this.shown);
    this.columns = source.columns.map((column) => gatherColumn(column, this.shown));
    this.classes = classesOf(this.columns);
  }

  /** Opens what lies at a path. Rejects with HumanError if it holds no embeddings. */
  static async open(path: string): Promise<Pane> {
    return new Pane(await openEmbeddings(path));
  }

  get source(): EmbeddingSource {
    return this.#source;
  }

  /** Hashes of the rows' contents, where they are known. */
  get keys(): readonly string[] | null {
    const { keys } = this.#source;
    return keys === undefined ? null : gather(keys, this.shown);
  }

  /** Sentences about what is shown. */
  get notes(): readonly string[] {
    const { notes, ids } = this.#source;
    if (this.shown === null) return notes;
    const words = `${formatCount(this.shown.length)} of ${formatCount(ids.length)} rows are shown, drawn by class with seed ${SAMPLE_SEED}.`;
    return [...notes, words];
  }

  /** Looks again for epochs; a source whose rows are others now stays as it was. */
  async refresh(): Promise<void> {
    const now = await openEmbeddings(this.#source.place);
    const before = this.#source;
    const isSame = now.ids.length === before.ids.length && now.ids.every((id, row) => id === before.ids[row]);
    if (isSame) this.#source = now;
  }

  /** Throws HumanError if there is no such table. */
  table(name: string): EmbeddingTable {
    const { tables, name: own } = this.#source;
    const found = tables.find((table) => table.name === name);
    if (found !== undefined) return found;
    const names = tables.map((table) => table.name).join(', ');
    throw new HumanError(`${own} has no vectors called ${name}: choose one of ${names}.`);
  }

  /** The epoch of a table, looked for again if it is not known. Rejects with HumanError if there is none. */
  async epoch(table: string, epoch: number): Promise<EmbeddingEpoch> {
    const find = () => this.table(table).epochs.find((each) => each.epoch === epoch);
    const known = find();
    if (known !== undefined) return known;
    await this.refresh();
    const found = find();
    if (found !== undefined) return found;
    const epochs = this.table(table).epochs.map((each) => each.epoch);
    throw new HumanError(
      `${this.#source.name} has no embeddings of epoch ${epoch}: it has those of ${rangeOf(epochs)}.`,
    );
  }

  /** The vectors of all rows of the pane that have finite ones. */
  vectors(table: string, epoch: number): Promise<PaneVectors> {
    return this.#vectors.get(`${table}/${epoch}`, async () => {
      const loaded = await (await this.epoch(table, epoch)).load();
      const rows = this.#paneRows(loaded.rows);
      if (rows === null) return paneVectors(loaded, loaded.rows);
      const places = Int32Array.from(rows.keys()).filter((place) => (rows[place] ?? -1) >= 0);
      return paneVectors(
        packedRows(loaded, places),
        places.map((place) => rows[place] ?? -1),
      );
    });
  }

  /** Columns of one epoch, with the rows of the pane. */
  async epochColumns(table: string, epoch: number): Promise<Column[]> {
    const columns = await (await this.epoch(table, epoch)).columns();
    return columns.map((column) => gatherColumn(column, this.shown));
  }

  /** Row of the pane of each row of the source, -1 for none; null where they are the same. */
  #paneRows(sourceRows: Int32Array): Int32Array | null {
    if (this.shown === null) return null;
    const places = new Map(Array.from(this.shown, (row, place) => [row, place]));
    return sourceRows.map((row) => places.get(row) ?? -1);
  }
}

/** The column `class` of these, as places in categories. */
function classesOf(columns: readonly Column[]): RowClasses | null {
  const column = columns.find(({ name }) => name === COLUMN_NAME.class);
  return column?.kind === 'category' ? column : null;
}

function gather<T>(values: readonly T[], rows: Int32Array | null): readonly T[] {
  return rows === null ? values : Array.from(rows).flatMap((row) => values.slice(row, row + 1));
}

function gatherColumn(column: Column, rows: Int32Array | null): Column {
  if (rows === null) return column;
  switch (column.kind) {
    case 'category':
      return { ...column, codes: rows.map((row) => column.codes[row] ?? -1) };
    case 'number':
      return { ...column, values: Float32Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
    case 'text':
      return { ...column, values: Array.from(rows, (row) => column.values[row] ?? '') };
  }
}

function rangeOf(epochs: readonly number[]): string {
  const [first, last] = [epochs[0], epochs.at(-1)];
  return first === last ? `epoch ${first}` : `epochs ${first} to ${last}`;
}
