/**
 * Decodes image files with sharp (libvips). The library is loaded when the first file needs it and never by a run
 * on other data. What a file is, its content says: only the formats below are read, so that no file can have a
 * vector image or a document interpreted, whatever its ending.
 */
import type { Sharp } from 'sharp';
import { HumanError } from '../../../domain/errors';
import type { PictureForm } from './picture';

/** Names what decodes in the cache's keys, so that the library need not be loaded to find what it has decoded. */
export const DECODER_VERSION = 'sharp 0.35.5';

/** Endings of files that count as images; those that cannot be decoded count as damaged rather than vanish. */
export const IMAGE_ENDINGS = /\.(png|jpe?g|webp|gif|tiff?|avif|bmp|svg|heic|jp2|ppm|pgm|pbm)$/i;

/** Classes of libvips' loaders, by the format that each reads. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((name) => `VipsForeignLoad${name}`);
/** A header may promise more than any photograph has, and unpacking would fill the memory. */
const MOST_PIXELS = 100_000_000;
const WHITE = '#ffffff';

/** What a file's header says. */
export interface PictureHeader {
  /** Of the upright image, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether it is stored without colours. */
  readonly isGrey: boolean;
}

/** Both reject with sharp's own error where the file is damaged or of another format. */
export interface Decoder {
  readHeader(bytes: Uint8Array): Promise<PictureHeader>;
  /**
   * The pixels, [side, side, channels]. Turned upright by its EXIF orientation, transparent parts on white, 16 bits
   * cut to 8, in sRGB; of an animation the first frame. `crop` covers the square by Lanczos resampling of the
   * shorter side and keeps the centre, `stretch` resamples both sides.
   */
  decode(bytes: Uint8Array, form: PictureForm): Promise<Uint8Array>;
  /** As decode at the image's own size, [height, width, channels]. */
  decodeWhole(bytes: Uint8Array, channels: 1 | 3): Promise<RawPicture>;
}

/** One picture as its pixels. */
export interface RawPicture {
  /** [height, width, channels], row-major, 0 to 255. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** Loads the library. Throws HumanError where it has no build for this machine. */
export async function loadDecoder(): Promise<Decoder> {
  const sharp = await loadLibrary();
  sharp.cache(false);
  // Many small images: one thread for each of several at a time.
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  const open = (bytes: Uint8Array): Sharp =>
    sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 });
  return {
    readHeader: async (bytes) => headerOf(await open(bytes).metadata()),
    decode: (bytes, form) => decode(open(bytes), form),
    decodeWhole: (bytes, channels) => decodeWhole(open(bytes), channels),
  };
}

/** The bytes of a `.png` file, each pixel enlarged to a square of `enlarge`. Throws HumanError as loadDecoder does. */
export async function encodePng(
  { pixels, height, width, channels }: RawPicture,
  enlarge = 1,
): Promise<Uint8Array> {
  const sharp = await loadLibrary();
  return sharp(pixels, { raw: { height, width, channels } })
    .resize({ height: height * enlarge, width: width * enlarge, kernel: 'nearest' })
    .png()
    .toBuffer();
}

async function loadLibrary() {
  const { default: sharp } = await import('sharp').catch((thrown: unknown) => {
    throw new HumanError(
      'Image files cannot be decoded on this machine, for which sharp has no library: convert them to .npz arrays.',
      { cause: thrown },
    );
  });
  return sharp;
}

function headerOf({ autoOrient, space }: Awaited<ReturnType<Sharp['metadata']>>): PictureHeader {
  return { ...autoOrient, isGrey: space === 'b-w' || space === 'grey16' };
}

async function decode(image: Sharp, { side, channels, resize }: PictureForm): Promise<Uint8Array> {
  const fit = resize === 'crop' ? 'cover' : 'fill';
  const square = image.autoOrient().resize({ width: side, height: side, fit, position: 'centre' });
  return (await pixelsOf(square, channels)).pixels;
}

function decodeWhole(image: Sharp, channels: 1 | 3): Promise<RawPicture> {
  return pixelsOf(image.autoOrient(), channels);
}

async function pixelsOf(image: Sharp, channels: 1 | 3): Promise<RawPicture> {
  const { data, info } = await image
    .flatten({ background: WHITE })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== channels) {
    throw new Error(`${info.channels} channels in place of ${channels}`);
  }
  return { pixels: data, height: info.height, width: info.width, channels };
}
