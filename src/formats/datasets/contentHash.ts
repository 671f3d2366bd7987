/** Tells two data sets apart by what is in them, not by where they lie or how they were packed. */
import { createHash, type Hash } from 'node:crypto';
import type { ImageSet } from './imageSet';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** SHA-256, in hexadecimal, over shape, labels and pixels of each set in turn. */
export function contentHash(sets: readonly ImageSet[]): string {
  const hash = createHash('sha256');
  for (const set of sets) {
    hash.update(`${set.count},${set.height},${set.width},${set.channels};`);
    updateInChunks(hash, new Uint8Array(set.labels.buffer));
    updateInChunks(hash, set.images);
  }
  return hash.digest('hex');
}

function updateInChunks(hash: Hash, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    hash.update(bytes.subarray(start, start + CHUNK_BYTES));
  }
}
