/**
 * IDX, the format of MNIST and its relatives: two zero bytes, a type byte (0x08, unsigned bytes), the number
 * of axes, each axis as a big-endian 32-bit integer, then the values row by row. Files may be gzipped. The
 * header says how many bytes follow, which bounds what is unpacked.
 */
import { stat } from 'node:fs/promises';
import { HumanError } from '../../domain/errors';
import { byteStream, MAX_INFLATION, startsLikeGzip } from '../gzip';
import { errorCode, readingError } from '../reading';

/** Values of one IDX file in shared memory. */
export interface IdxValues {
  readonly shape: readonly number[];
  readonly values: Uint8Array<SharedArrayBuffer>;
}

const UNSIGNED_BYTE_TYPE = 0x08;
const MAX_AXES = 4;
const MAX_VALUE_BYTES = 2 ** 32 - 1;

/** Reads an IDX file of unsigned bytes, gzipped or not. Throws HumanError naming the file if it is not whole. */
export async function readIdx(path: string): Promise<IdxValues> {
  try {
    const { size } = await stat(path);
    const zipped = await startsLikeGzip(path);
    const decoder = createIdxDecoder(path, zipped ? size * MAX_INFLATION : size);
    for await (const chunk of byteStream(path, zipped)) {
      decoder.push(chunk as Uint8Array);
    }
    return decoder.finish();
  } catch (thrown) {
    throw errorCode(thrown).startsWith('Z_') ? corruptGzip(path, thrown) : readingError(path, thrown);
  }
}

/** An incremental decoder; `name` appears in errors, `sourceBytes` is the most that can still arrive. */
export function createIdxDecoder(
  name: string,
  sourceBytes: number,
): { push(chunk: Uint8Array): void; finish(): IdxValues } {
  const header = new Uint8Array(4 + 4 * MAX_AXES);
  let headerLength = 4;
  let received = 0;
  let result: IdxValues | undefined;

  function takeHeader(chunk: Uint8Array): number {
    let used = 0;
    while (result === undefined && used < chunk.length) {
      header[received++] = chunk[used++];
      if (received === 4) {
        headerLength = 4 + 4 * axesOf(header, name);
      }
      if (received === headerLength) {
        result = allocate(header.subarray(0, headerLength), name, sourceBytes);
        received = 0;
      }
    }
    return used;
  }

  return {
    push(chunk) {
      const rest = result === undefined ? chunk.subarray(takeHeader(chunk)) : chunk;
      if (result === undefined || rest.length === 0) {
        return;
      }
      if (received + rest.length > result.values.length) {
        throw new HumanError(
          `${name} has bytes after its last value: it is corrupt or not what its header says; fetch it again.`,
        );
      }
      result.values.set(rest, received);
      received += rest.length;
    },
    finish() {
      if (result === undefined || received < result.values.length) {
        throw truncated(name);
      }
      return result;
    },
  };
}

function axesOf(header: Uint8Array, name: string): number {
  if (header[0] !== 0 || header[1] !== 0 || header[3] < 1 || header[3] > MAX_AXES) {
    throw new HumanError(`${name} is not an IDX file: give a file such as train-images-idx3-ubyte.`);
  }
  if (header[2] !== UNSIGNED_BYTE_TYPE) {
    throw new HumanError(
      `${name} holds values of IDX type ${header[2]}, and only unsigned bytes (8) can be read: convert it.`,
    );
  }
  return header[3];
}

function allocate(header: Uint8Array, name: string, sourceBytes: number): IdxValues {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const shape = Array.from({ length: header[3] }, (_, axis) => view.getUint32(4 + 4 * axis));
  const length = shape.reduce((product, size) => product * size, 1);
  if (length === 0) {
    throw new HumanError(`${name} is empty (its shape is ${shape.join(' x ')}): give a file with samples.`);
  }
  if (length > sourceBytes) {
    throw truncated(name);
  }
  if (length > MAX_VALUE_BYTES) {
    throw new HumanError(
      `${name} holds ${length} bytes, more than the 4 GiB that can be read: give a smaller set.`,
    );
  }
  return { shape, values: new Uint8Array(new SharedArrayBuffer(length)) };
}

function truncated(name: string): HumanError {
  return new HumanError(
    `${name} is truncated: it ends before the last value that its header announces; fetch it again.`,
  );
}

function corruptGzip(path: string, thrown: unknown): HumanError {
  const reason = thrown instanceof Error ? thrown.message : '';
  return new HumanError(`${path} is a corrupt or truncated gzip file (${reason}): fetch it again.`, {
    cause: thrown,
  });
}
