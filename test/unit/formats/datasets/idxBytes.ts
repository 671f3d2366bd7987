/** IDX files for tests, made by hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of an IDX file of unsigned bytes. */
export function idxBytes(shape: readonly number[], values: ArrayLike<number>, type = 8): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  shape.forEach((size, axis) => view.setUint32(4 + 4 * axis, size));
  bytes.set(Array.from(values), 4 + 4 * shape.length);
  return bytes;
}

/** Four files with 2 x 2 images of `classes` classes: 6 for training, 3 for testing; parts can be replaced. */
export function writeIdxFolder(
  folder: string,
  replaced: Readonly<Record<string, Uint8Array | null>> = {},
): void {
  const pixels = (count: number): number[] => Array.from({ length: 4 * count }, (_, i) => (7 * i) % 256);
  const files: Record<string, Uint8Array | null> = {
    'train-images-idx3-ubyte': idxBytes([6, 2, 2], pixels(6)),
    'train-labels-idx1-ubyte': idxBytes([6], [0, 1, 2, 0, 1, 2]),
    't10k-images-idx3-ubyte': idxBytes([3, 2, 2], pixels(3)),
    't10k-labels-idx1-ubyte': idxBytes([3], [2, 1, 0]),
    ...replaced,
  };
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes !== null) {
      writeFileSync(join(folder, name), bytes);
    }
  }
}
