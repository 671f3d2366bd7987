/** Batches for evaluation: every named sample once, in order, normalised and otherwise as it is. */
import { holdsFeatures, imageBytes, type SampleSet } from '../../formats/datasets/imageSet';
import type { Normalisation } from './image';

/** One batch; the last is filled up by repeating its last image. */
export interface PlainBatch {
  /** [batchSize, height, width, channels]; overwritten by the next batch. */
  readonly images: Float32Array;
  /** How many of the images are not filling. */
  readonly count: number;
}

export interface PlainBatchOptions {
  readonly set: SampleSet;
  readonly indices: Int32Array;
  readonly batchSize: number;
  readonly statistics: Normalisation;
}

const LEVELS = 256;

/** Yields ceil(indices.length / batchSize) batches. */
export function* plainBatches(options: PlainBatchOptions): Generator<PlainBatch, void> {
  const { set, indices, batchSize, statistics } = options;
  const size = imageBytes(set);
  const images = new Float32Array(batchSize * size);
  const writeSample = createSampleWriter(set, statistics);
  for (let start = 0; start < indices.length; start += batchSize) {
    const count = Math.min(batchSize, indices.length - start);
    for (let row = 0; row < batchSize; row++) {
      const index = indices[start + Math.min(row, count - 1)];
      writeSample(index, images.subarray(row * size, (row + 1) * size));
    }
    yield { images, count };
  }
}

/** A function that writes a sample, normalised, to `into`. */
function createSampleWriter(set: SampleSet, statistics: Normalisation) {
  const size = imageBytes(set);
  if (holdsFeatures(set)) {
    const { mean, deviation } = statistics;
    return (index: number, into: Float32Array): void => {
      for (let k = 0; k < size; k++) into[k] = (set.values[index * size + k] - mean[k]) / deviation[k];
    };
  }
  const tables = statistics.mean.map((mean, channel) => levelTable(mean, statistics.deviation[channel]));
  return (index: number, into: Float32Array): void =>
    normalise(set.images.subarray(index * size, (index + 1) * size), tables, into);
}

/** The normalised value of every pixel level. */
function levelTable(mean: number, deviation: number): Float32Array {
  return Float32Array.from({ length: LEVELS }, (_, level) => (level / (LEVELS - 1) - mean) / deviation);
}

function normalise(pixels: Uint8Array, tables: readonly Float32Array[], into: Float32Array): void {
  const channels = tables.length;
  for (let channel = 0; channel < channels; channel++) {
    const table = tables[channel];
    for (let i = channel; i < pixels.length; i += channels) {
      into[i] = table[pixels[i]];
    }
  }
}
