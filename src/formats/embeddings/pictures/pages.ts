/**
 * Small pictures of rows in pages, which a page of the editor keeps as one image each: all of one size, at most 64
 * pixels a side, at most as many as fit a square image that every graphics card takes and a message carries at once.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../files';
import { encodePng, type RawPicture } from '../../datasets/pictures/decoder';
import type { Pictures } from '../source';

/** The longer side of a picture, and the side of the square that a page must fit, in pixels. */
const MOST_SIDE = 64;
const MOST_PAGE_SIDE = 2048;
/** A preview is enlarged by whole numbers until it is about so large, in pixels. */
const PREVIEW_SIDE = 256;

/** Where pictures come from. */
export interface PictureStore {
  readonly count: number;
  /** Of the source's pictures, before they are shrunk. */
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** The pixels of a row, [height, width, channels]; undefined where there is none. */
  picture(row: number): Uint8Array | undefined;
  /** The file that a row was read from, where it has one of its own. */
  file?(row: number): string | undefined;
}

/** The pictures of a store, each shrunk once and kept small. */
export function pagedPictures(store: PictureStore): Pictures {
  const { count, channels } = store;
  const { height, width } = smallSize(store);
  const size = height * width * channels;
  const pixels = new Uint8Array(count * size);
  const isThere = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const picture = store.picture(row);
    if (picture === undefined) continue;
    isThere[row] = 1;
    shrink({ ...store, pixels: picture }, { height, width }, pixels.subarray(row * size, (row + 1) * size));
  }
  const perPage = Math.floor(MOST_PAGE_SIDE / height) * Math.floor(MOST_PAGE_SIDE / width);
  const files = Array.from({ length: count }, (_, row) => store.file?.(row));
  return {
    height,
    width,
    channels,
    perPage,
    pages: Math.ceil(count / perPage),
    page: (index) => Promise.resolve(pixels.slice(index * perPage * size, (index + 1) * perPage * size)),
    fileOf: async (row, folder) => {
      if (files[row] !== undefined) return files[row];
      if (isThere[row] !== 1) return undefined;
      const small = { height, width, channels, pixels: pixels.subarray(row * size, (row + 1) * size) };
      return writePreview(small, join(folder, `row-${row}.png`));
    },
  };
}

/** The size within the bounds in the shape of the source; nothing is enlarged. */
function smallSize({ height, width }: Pick<PictureStore, 'height' | 'width'>) {
  const factor = Math.min(1, MOST_SIDE / Math.max(height, width));
  return {
    height: Math.max(1, Math.round(height * factor)),
    width: Math.max(1, Math.round(width * factor)),
  };
}

/** Each pixel becomes the mean of those that it covers. */
function shrink(from: RawPicture, to: { height: number; width: number }, into: Uint8Array): void {
  if (from.height === to.height && from.width === to.width) {
    into.set(from.pixels);
    return;
  }
  for (let y = 0; y < to.height; y++) {
    const rows = covered(y, to.height, from.height);
    for (let x = 0; x < to.width; x++) {
      const columns = covered(x, to.width, from.width);
      for (let c = 0; c < from.channels; c++) {
        into[(y * to.width + x) * from.channels + c] = meanOf(from, rows, columns, c);
      }
    }
  }
}

type Range = readonly [from: number, to: number];

/** The places among `many` that place `i` of `few` covers. */
function covered(i: number, few: number, many: number): Range {
  const from = Math.floor((i * many) / few);
  return [from, Math.max(from + 1, Math.floor(((i + 1) * many) / few))];
}

function meanOf({ pixels, width, channels }: RawPicture, rows: Range, columns: Range, c: number): number {
  let sum = 0;
  for (let y = rows[0]; y < rows[1]; y++) {
    for (let x = columns[0]; x < columns[1]; x++) sum += pixels[(y * width + x) * channels + c];
  }
  return Math.round(sum / ((rows[1] - rows[0]) * (columns[1] - columns[0])));
}

async function writePreview(picture: RawPicture, path: string): Promise<string> {
  const enlarge = Math.ceil(PREVIEW_SIDE / Math.max(picture.height, picture.width));
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFileAtomically(path, await encodePng(picture, enlarge), { isPrecious: false });
  return path;
}
