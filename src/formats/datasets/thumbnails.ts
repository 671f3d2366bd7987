/** Small pictures of single samples of a data set, by the lasting names of the samples. */
import { HumanError } from '../../domain/errors';
import type { ImageSet, TrainAndTest } from './imageSet';
import { findSample, imageBytes, requireImages } from './imageSet';

/** Pictures of one size. */
export interface Thumbnails {
  readonly height: number;
  readonly width: number;
  /** [samples, height, width, 3], 0 to 255. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

const COLOURS = 3;

/**
 * The pictures of samples such as `test/12`, averaged down by a whole number until they fit into `mostSide` pixels.
 * @throws HumanError if the set holds no images, or no such sample
 */
export function thumbnails(sets: TrainAndTest, ids: readonly string[], mostSide: number): Thumbnails {
  const { train, test } = sets;
  const parts = { train: requireImages(train, SHOWING), test: requireImages(test, SHOWING) };
  const block = Math.ceil(Math.max(train.height, train.width) / mostSide);
  const size = { height: Math.floor(train.height / block), width: Math.floor(train.width / block) };
  const bytes = size.height * size.width * COLOURS;
  const pixels = new Uint8Array(ids.length * bytes);
  ids.forEach((id, i) => {
    const { set, index } = locate(id, parts);
    average(set, { place: index, block, ...size, into: pixels.subarray(i * bytes, (i + 1) * bytes) });
  });
  return { ...size, pixels };
}

const SHOWING = 'Showing pictures of samples';

function locate(id: string, parts: TrainAndTest<ImageSet>) {
  const found = findSample(id, parts);
  if (found === undefined)
    throw new HumanError(`The data set has no sample ${id}: it has changed since the run.`);
  return found;
}

interface Averaging {
  readonly place: number;
  /** Side of the square of pixels that becomes one. */
  readonly block: number;
  readonly height: number;
  readonly width: number;
  readonly into: Uint8Array;
}

function average(set: ImageSet, { place, block, height, width, into }: Averaging): void {
  const offset = place * imageBytes(set);
  for (let i = 0; i < height * width * COLOURS; i++) {
    const colour = i % COLOURS;
    const x = Math.floor(i / COLOURS) % width;
    const y = Math.floor(i / COLOURS / width);
    into[i] = meanOfBlock(set, { offset, x: x * block, y: y * block, block, channel: colour % set.channels });
  }
}

interface Block {
  readonly offset: number;
  readonly x: number;
  readonly y: number;
  readonly block: number;
  readonly channel: number;
}

function meanOfBlock({ images, width, channels }: ImageSet, { offset, x, y, block, channel }: Block): number {
  let sum = 0;
  for (let row = y; row < y + block; row++) {
    for (let column = x; column < x + block; column++)
      sum += images[offset + (row * width + column) * channels + channel];
  }
  return Math.round(sum / (block * block));
}
