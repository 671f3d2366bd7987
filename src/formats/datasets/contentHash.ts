/** Tells two data sets apart by what is in them, not by where they lie or how they were packed. */
import { createHash, type Hash } from 'node:crypto';
import { holdsFeatures, imageBytes, type SampleSet } from './imageSet';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** 64 bits: two of a million different samples share one with a probability below one in ten million. */
const SAMPLE_HASH_DIGITS = 16;

/** SHA-256, in hexadecimal, over shape, labels (with their weights, where there are any) and values of each set in turn. */
export function contentHash(sets: readonly SampleSet[]): string {
  const hash = createHash('sha256');
  for (const set of sets) {
    const values = holdsFeatures(set) ? set.values : set.images;
    hash.update(`${set.count},${set.height},${set.width},${set.channels};`);
    updateInChunks(hash, bytesOf(set.labels));
    if (set.labelWeights !== undefined) updateInChunks(hash, bytesOf(set.labelWeights));
    updateInChunks(hash, bytesOf(values));
  }
  return hash.digest('hex');
}

/**
 * One hash a sample, in hexadecimal, over its shape and values: equal samples of two data sets have equal ones,
 * whatever the place, the label or the other samples.
 */
export function sampleHashes(set: SampleSet): string[] {
  return Array.from({ length: set.count }, (_, i) => sampleHash(set, i));
}

/** The hash of one sample, as `sampleHashes` gives them. */
export function sampleHash(set: SampleSet, index: number): string {
  const values = holdsFeatures(set) ? set.values : set.images;
  const width = imageBytes(set);
  const sample = bytesOf(values.subarray(index * width, (index + 1) * width));
  return createHash('sha256')
    .update(`${set.height},${set.width},${set.channels};`)
    .update(sample)
    .digest('hex')
    .slice(0, SAMPLE_HASH_DIGITS);
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function updateInChunks(hash: Hash, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    hash.update(bytes.subarray(start, start + CHUNK_BYTES));
  }
}
