/** Batches for evaluation: every named image once, in order, normalised and otherwise as it is. */
import { imageBytes, type ImageSet } from '../../formats/datasets/imageSet';
import type { Normalisation } from './image';

/** One batch; the last is filled up by repeating its last image. */
export interface PlainBatch {
  /** [batchSize, height, width, channels]; overwritten by the next batch. */
  readonly images: Float32Array;
  /** How many of the images are not filling. */
  readonly count: number;
}

export interface PlainBatchOptions {
  readonly set: ImageSet;
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
  const tables = statistics.mean.map((mean, channel) => levelTable(mean, statistics.deviation[channel]));
  for (let start = 0; start < indices.length; start += batchSize) {
    const count = Math.min(batchSize, indices.length - start);
    for (let row = 0; row < batchSize; row++) {
      const index = indices[start + Math.min(row, count - 1)];
      const pixels = set.images.subarray(index * size, (index + 1) * size);
      normalise(pixels, tables, images.subarray(row * size, (row + 1) * size));
    }
    yield { images, count };
  }
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
