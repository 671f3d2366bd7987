import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  DECODER_VERSION,
  loadDecoder,
  type Decoder,
} from '../../../../../src/formats/datasets/pictures/decoder';
import type { PictureForm } from '../../../../../src/formats/datasets/pictures/picture';
import { pixels, plain } from '../imageFiles';

const COLOUR: PictureForm = { side: 2, channels: 3, resize: 'crop' };
const GREY: PictureForm = { side: 2, channels: 1, resize: 'crop' };

let decoder: Decoder;
beforeAll(async () => {
  decoder = await loadDecoder();
});

const decode = async (bytes: Promise<Uint8Array>, form: PictureForm): Promise<number[]> => [
  ...(await decoder.decode(await bytes, form)),
];

/** The PNG with another size in its header, the checksum made good: IHDR's type and values are bytes 12 to 28. */
function claimingSize(png: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29);
  return changed;
}

describe('the decoder', () => {
  it('keeps the pixels of an image that has the size already', async () => {
    const values = [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255];
    const png = pixels(values, { width: 2, height: 2 }, 3).png().toBuffer();
    expect(await decode(png, COLOUR)).toEqual(values);
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('reads %s', async (format) => {
    const decoded = await decode(plain([200, 100, 50]).toFormat(format).toBuffer(), COLOUR);
    expect(decoded).toHaveLength(12);
    // Lossy formats move a colour by a few levels.
    decoded.forEach((value, i) => expect(Math.abs(value - [200, 100, 50][i % 3])).toBeLessThan(4));
  });

  it('cuts 16 bits to the upper 8, in colours and in grey', async () => {
    const deep = (space: string) => plain([100, 100, 100]).toColourspace(space).png().toBuffer();
    expect((await sharp(await deep('grey16')).metadata()).depth).toBe('ushort');
    expect(await decode(deep('grey16'), GREY)).toEqual([100, 100, 100, 100]);
    expect(await decode(deep('rgb16'), COLOUR)).toEqual(new Array(12).fill(100));
  });

  it('lays transparent parts on white', async () => {
    // Opaque black, then black of which a fifth covers: 255 * (1 - 51/255) = 204.
    const row = [0, 0, 0, 255, 0, 0, 0, 51];
    const png = pixels([...row, ...row], { width: 2, height: 2 }, 4)
      .png()
      .toBuffer();
    expect(await decode(png, COLOUR)).toEqual([0, 0, 0, 204, 204, 204, 0, 0, 0, 204, 204, 204]);
  });

  it('turns CMYK to red, green and blue', async () => {
    const jpeg = plain([250, 10, 10]).toColourspace('cmyk').jpeg().toBuffer();
    const [red, green, blue] = await decode(jpeg, COLOUR);
    expect(red).toBeGreaterThan(200);
    expect(Math.max(green, blue)).toBeLessThan(60);
  });

  it('turns an image upright by its EXIF orientation', async () => {
    // Orientation 6: the first row as stored is the right column as seen.
    const stored = pixels([10, 10, 200, 200], { width: 2, height: 2 }, 1);
    const jpeg = stored.withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    const [upperLeft, upperRight, lowerLeft] = await decode(jpeg, GREY);
    expect(upperLeft).toBeGreaterThan(190);
    expect(upperRight).toBeLessThan(20);
    expect(lowerLeft).toBeGreaterThan(190);
    const wide = plain([9, 9, 9], { width: 8, height: 4 }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await decoder.readHeader(await wide)).toEqual({ width: 4, height: 8, isGrey: false });
  });

  it('crops the centre, or stretches', async () => {
    // Columns 0, 100, 100, 0: the centre is 100 alone, and both halves average to 50.
    const row = [0, 100, 100, 0];
    const png = pixels([...row, ...row], { width: 4, height: 2 }, 1)
      .png()
      .toBuffer();
    expect(await decode(png, GREY)).toEqual([100, 100, 100, 100]);
    const [left, right] = await decode(png, { ...GREY, resize: 'stretch' });
    expect([left, right].every((value) => value > 30 && value < 70)).toBe(true);
  });

  it('takes the first frame of an animation', async () => {
    const frames = await Promise.all(
      [[255, 0, 0] as const, [0, 0, 255] as const].map((c) => plain(c).png().toBuffer()),
    );
    const gif = sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(await gif, { pages: -1 }).metadata()).pages).toBe(2);
    expect((await decode(gif, COLOUR)).slice(0, 3)).toEqual([255, 0, 0]);
  });

  it('refuses vector images whatever their name, damage, and pixels that no photograph has', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(decoder.readHeader(svg)).rejects.toThrow(/unsupported/);
    const whole = await plain([1, 2, 3], { width: 64, height: 64 }).png({ compressionLevel: 0 }).toBuffer();
    await expect(decoder.decode(whole.subarray(0, 5000), COLOUR)).rejects.toThrow();
    await expect(decoder.decode(claimingSize(whole, 10_001, 10_000), COLOUR)).rejects.toThrow(/pixel limit/);
  });

  it('is named after the version that is installed', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: { sharp: string } };
    expect(DECODER_VERSION).toBe(`sharp ${manifest.dependencies.sharp}`);
  });
});
