/** Raw little-endian float32 of a known shape, row-major, as our runs and TensorBoard's `.bytes` hold them. */
import { readFile, stat } from 'node:fs/promises';
import { HumanError } from '../../domain/errors';
import type { Vectors } from '../../domain/maps/vectors';
import { readingError } from '../reading';
import { checkSize } from './vectors';

type Shape = Pick<Vectors, 'count' | 'dimensions'>;

const VALUE_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Throws HumanError unless the file has just the bytes of the shape; nothing is read. */
export async function checkRawTensor(path: string, shape: Shape): Promise<void> {
  checkSize(path, shape);
  const file = await stat(path).catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  const wanted = shape.count * shape.dimensions * VALUE_BYTES;
  if (!file.isFile() || file.size !== wanted) {
    throw new HumanError(
      `${path} has ${file.size} bytes, and ${shape.count} x ${shape.dimensions} values of float32 take ${wanted}: correct the shape or write the file again.`,
    );
  }
}

/** Reads a tensor. Throws HumanError as checkRawTensor does. */
export async function readRawTensor(path: string, shape: Shape): Promise<Vectors> {
  await checkRawTensor(path, shape);
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  return { ...shape, values: decodeFloats(bytes, shape.count * shape.dimensions) };
}

/** Every machine that we run on is little-endian, so the bytes are the values. */
function decodeFloats(bytes: Buffer, length: number): Float32Array {
  const values = new Float32Array(length);
  new Uint8Array(values.buffer).set(bytes.subarray(0, length * VALUE_BYTES));
  return values;
}
