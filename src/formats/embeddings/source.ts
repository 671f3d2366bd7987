/**
 * Embeddings as every reader gives them: rows with lasting ids, what is known of each row, and tables of vectors by
 * epoch. A source is a cheap list; vectors, pictures and predictions are read when they are asked for.
 */
import type { Column } from '../../domain/maps/columns';
import type { Vectors } from '../../domain/maps/vectors';

/** One run or file with embeddings. */
export interface EmbeddingSource {
  readonly name: string;
  /** Folder of the run, or path of the file. */
  readonly place: string;
  readonly kind: 'run' | 'file';
  /** At least one, all with the rows of `ids`. */
  readonly tables: readonly EmbeddingTable[];
  /** Lasting ids of the rows, each once: `train/12` in runs, what the file says or the row's number elsewhere. */
  readonly ids: readonly string[];
  /** Columns that are the same at every epoch; labels are called `class`. */
  readonly columns: readonly Column[];
  /** A hash of each row's content, by which samples of two copies of a data set are joined; absent where unknown. */
  readonly keys?: readonly string[];
  /** Equal hashes mean that equal ids are equal samples. */
  readonly datasetHash?: string;
  /** Opens the pictures of the rows; absent where there are none. Rejects with a HumanError if they are gone. */
  readonly openPictures?: () => Promise<Pictures>;
  /** Sentences about what was left out and why. */
  readonly notes: readonly string[];
}

/** One kind of vectors, for example `features`. */
export interface EmbeddingTable {
  readonly name: string;
  readonly dimensions: number;
  /** At least one, in order. */
  readonly epochs: readonly EmbeddingEpoch[];
  /** The epoch at which the run was best on its validation split, or the nearest that is there; absent where unknown. */
  readonly best?: number;
}

/** The vectors of one epoch. */
export interface EmbeddingEpoch {
  readonly epoch: number;
  /** Optimiser steps until then; the epoch itself where nobody knows. */
  readonly step: number;
  /** Rejects with a HumanError if the file is damaged, or has changed since it was listed. */
  load(): Promise<LoadedVectors>;
  /** Columns of this epoch alone: prediction, correct, confidence. Empty where nothing is recorded. */
  columns(): Promise<Column[]>;
}

/** Vectors that are all finite. Rows that are not were left out, and a note says how many. */
export interface LoadedVectors extends Vectors {
  /** Row of the source of each vector, ascending; `count` of them. */
  readonly rows: Int32Array;
  readonly notes: readonly string[];
}

/** Pictures of the rows of a source, all of one size, in pages. */
export interface Pictures {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Pictures of a page, but for the last. */
  readonly perPage: number;
  readonly pages: number;
  /** Pictures of rows `perPage * index` and on, [pictures, height, width, channels], 0 to 255; black where there is none. */
  page(index: number): Promise<Uint8Array>;
  /** A file that shows a row: the sample's own, or a picture made of it below `folder`. Undefined where there is none. */
  fileOf(row: number, folder: string): Promise<string | undefined>;
}

/** A table of a file that knows no epochs. */
export function singleEpoch(
  table: Pick<EmbeddingTable, 'name' | 'dimensions'>,
  load: EmbeddingEpoch['load'],
): EmbeddingTable {
  return { ...table, epochs: [{ epoch: 0, step: 0, load, columns: () => Promise.resolve([]) }] };
}
