/**
 * Parquet files through hyparquet, which unpacks Snappy; gzip, Brotli and, where Node has it, Zstandard are Node's.
 * Hugging Face's data sets keep the names of classes in the file's metadata.
 */
import * as zlib from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet';
import { HumanError, toError } from '../../domain/errors';
import { errorCode, readingError } from '../reading';
import type { Cell, Table } from './table';

/** The most that one page of a column may unpack to. */
const MOST_PAGE_BYTES = 2 ** 31 - 1;
const HUGGING_FACE_KEY = 'huggingface';

const COMPRESSORS: Compressors = {
  GZIP: (input) => zlib.gunzipSync(input, { maxOutputLength: MOST_PAGE_BYTES }),
  BROTLI: (input) => zlib.brotliDecompressSync(input, { maxOutputLength: MOST_PAGE_BYTES }),
  ...zstandard(),
};

/** Values of a column that follow each other. */
export interface ColumnChunk {
  /** Row of the first. */
  readonly from: number;
  /** As the file holds them: numbers without gaps come as a typed array. */
  readonly cells: ArrayLike<Cell>;
}

/** A table whose columns can be taken as the file holds them, without an array of them all. */
export interface ParquetTable extends Table {
  /** The column in the order of its rows. Rejects as `read` does. */
  chunks(column: string): Promise<readonly ColumnChunk[]>;
}

/** Opens a file and reads its metadata. Rejects with a HumanError naming it if it is no Parquet file. */
export async function readParquet(path: string): Promise<ParquetTable> {
  return explained(path, async () => {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    return {
      path,
      columns: parquetSchema(metadata).children.map(({ element }) => element.name),
      rows: Number(metadata.num_rows),
      chunks: (column) => explained(path, () => chunksOf(file, metadata, column)),
      read: (column, rowEnd) =>
        explained(path, async () => {
          const chunks = await chunksOf(file, metadata, column, rowEnd);
          return chunks.flatMap(({ from, cells }) =>
            Array.from({ length: Math.min(cells.length, (rowEnd ?? Infinity) - from) }, (_, i) => cells[i]),
          );
        }),
      namesIn: (column) => huggingFaceNames(metadata, column),
    };
  });
}

/** Whole chunks, of which the last may go beyond `rowEnd`. */
async function chunksOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  column: string,
  rowEnd?: number,
): Promise<ColumnChunk[]> {
  const chunks: ColumnChunk[] = [];
  await parquetRead({
    ...{ file, metadata, columns: [column], compressors: COMPRESSORS, utf8: false },
    ...(rowEnd === undefined ? {} : { rowEnd }),
    onChunk: ({ columnData, rowStart }) => void chunks.push({ from: rowStart, cells: columnData }),
  });
  return chunks.sort((a, b) => a.from - b.from);
}

/** Newer versions of Node have it. */
function zstandard(): Compressors {
  const unpack: unknown = Reflect.get(zlib, 'zstdDecompressSync');
  return typeof unpack === 'function' ? { ZSTD: unpack as (input: Uint8Array) => Uint8Array } : {};
}

/**
 * `{"info": {"features": {"label": {"names": [...], "_type": "ClassLabel"}}}}`, as the datasets library writes; of a
 * column of lists the class label is in `feature`.
 */
function huggingFaceNames({ key_value_metadata: pairs }: FileMetaData, column: string): string[] | undefined {
  const text = pairs?.find(({ key }) => key === HUGGING_FACE_KEY)?.value;
  if (text === undefined) {
    return undefined;
  }
  const value = JSON.parse(text) as {
    info?: { features?: Record<string, { names?: unknown; feature?: { names?: unknown } } | undefined> };
  };
  const feature = value.info?.features?.[column];
  const names = feature?.names ?? feature?.feature?.names;
  return Array.isArray(names) ? names.map(String) : undefined;
}

async function explained<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof HumanError || /^E[A-Z]+$/.test(errorCode(thrown))) {
      throw readingError(path, thrown);
    }
    throw new HumanError(
      `${path} cannot be read as Parquet (${toError(thrown).message}): write it again, with Snappy compression.`,
      { cause: thrown },
    );
  }
}
