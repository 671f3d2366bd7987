/** TensorBoard's sprite: one image that holds the pictures of all rows, from left to right and from top to bottom. */
import { readFile } from 'node:fs/promises';
import { HumanError, toError } from '../../../domain/errors';
import { loadDecoder, type Decoder, type RawPicture } from '../../datasets/pictures/decoder';
import { readingError } from '../../reading';
import type { Pictures } from '../source';
import { pagedPictures } from './pages';

export interface SpriteFile {
  readonly path: string;
  /** Of one picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * A function that opens the pictures of `rows` rows. Only the header is read before. Rejects with a HumanError if the
 * image is damaged or has not room for so many.
 */
export async function spritePictures(sprite: SpriteFile, rows: number): Promise<() => Promise<Pictures>> {
  const decoder = await loadDecoder();
  const header = await explained(sprite.path, async () => decoder.readHeader(await readFile(sprite.path)));
  checkRoom(sprite, header, rows);
  return async () => {
    const image = await explained(sprite.path, () => decodeSprite(decoder, sprite.path));
    checkRoom(sprite, image, rows);
    return pagedPictures({
      ...sprite,
      count: rows,
      channels: image.channels,
      picture: cutter(image, sprite),
    });
  };
}

async function decodeSprite(decoder: Decoder, path: string): Promise<RawPicture> {
  const bytes = await readFile(path);
  const { isGrey } = await decoder.readHeader(bytes);
  return decoder.decodeWhole(bytes, isGrey ? 1 : 3);
}

function checkRoom(
  { path, width, height }: SpriteFile,
  image: { readonly width: number; readonly height: number },
  rows: number,
): void {
  const room = Math.floor(image.width / width) * Math.floor(image.height / height);
  if (room < rows) {
    throw new HumanError(
      `${path} has ${image.width} x ${image.height} pixels, room for ${room} pictures of ${width} x ${height} where there are ${rows} vectors: correct "single_image_dim" or the image.`,
    );
  }
}

function cutter(image: RawPicture, { width, height }: SpriteFile): (row: number) => Uint8Array {
  const perRow = Math.floor(image.width / width);
  const { channels } = image;
  return (row) => {
    const picture = new Uint8Array(height * width * channels);
    const left = (row % perRow) * width;
    const top = Math.floor(row / perRow) * height;
    for (let y = 0; y < height; y++) {
      const start = ((top + y) * image.width + left) * channels;
      picture.set(image.pixels.subarray(start, start + width * channels), y * width * channels);
    }
    return picture;
  };
}

async function explained<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    const error = readingError(path, thrown);
    if (error instanceof HumanError) throw error;
    throw new HumanError(
      `${path} cannot be decoded (${toError(thrown).message}): save the sprite as a PNG.`,
      { cause: thrown },
    );
  }
}
