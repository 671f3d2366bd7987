/** Tells two data sets apart by what is in them, not by where they lie or how they were packed. */
import { createHash, type Hash } from 'node:crypto';
import { holdsFeatures, type SampleSet } from './imageSet';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** SHA-256, in hexadecimal, over shape, labels and values of each set in turn. */
export function contentHash(sets: readonly SampleSet[]): string {
  const hash = createHash('sha256');
  for (const set of sets) {
    const values = holdsFeatures(set) ? set.values : set.images;
    hash.update(`${set.count},${set.height},${set.width},${set.channels};`);
    updateInChunks(hash, bytesOf(set.labels));
    updateInChunks(hash, bytesOf(values));
  }
  return hash.digest('hex');
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function updateInChunks(hash: Hash, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    hash.update(bytes.subarray(start, start + CHUNK_BYTES));
  }
}
