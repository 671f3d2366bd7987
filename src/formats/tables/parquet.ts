/**
 * Parquet files through hyparquet, which unpacks Snappy; gzip, Brotli and, where Node has it, Zstandard are Node's.
 * Hugging Face's data sets keep the names of classes in the file's metadata.
 */
import * as zlib from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { Compressors, FileMetaData } from 'hyparquet';
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

/** Opens a file and reads its metadata. Rejects with a HumanError naming it if it is no Parquet file. */
export async function readParquet(path: string): Promise<Table> {
  return explained(path, async () => {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    return {
      path,
      columns: parquetSchema(metadata).children.map(({ element }) => element.name),
      rows: Number(metadata.num_rows),
      read: (column, rowEnd) =>
        explained(path, async () => {
          const part = rowEnd === undefined ? {} : { rowEnd };
          const options = {
            file,
            metadata,
            columns: [column],
            compressors: COMPRESSORS,
            utf8: false,
            ...part,
          };
          const rows: Record<string, Cell>[] = await parquetReadObjects(options);
          return rows.map((row) => row[column]);
        }),
      namesIn: (column) => huggingFaceNames(metadata, column),
    };
  });
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
