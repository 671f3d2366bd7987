import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createCropKernel, type CropBox } from '../../../../src/trainer/data/crop';

/** Bilinear resampling of a crop, one value at a time, straight from the definition. */
function slowCrop(
  image: Uint8Array,
  size: { height: number; width: number; channels: number },
  { box, flipped }: { box: CropBox; flipped: boolean },
): number[] {
  const { height, width, channels } = size;
  const at = (row: number, column: number, channel: number): number => {
    const y = box.top + Math.min(box.height - 1, Math.max(0, row));
    const x = box.left + Math.min(box.width - 1, Math.max(0, column));
    return image[(y * width + x) * channels + channel] / 255;
  };
  const result: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const y = ((row + 0.5) * box.height) / height - 0.5;
      const x = (((flipped ? width - 1 - column : column) + 0.5) * box.width) / width - 0.5;
      const [top, left] = [Math.floor(y), Math.floor(x)];
      for (let channel = 0; channel < channels; channel++) {
        const upper = at(top, left, channel) * (1 - (x - left)) + at(top, left + 1, channel) * (x - left);
        const lower =
          at(top + 1, left, channel) * (1 - (x - left)) + at(top + 1, left + 1, channel) * (x - left);
        result.push(upper * (1 - (y - top)) + lower * (y - top));
      }
    }
  }
  return result;
}

describe('the crop kernel', () => {
  it('agrees with bilinear interpolation, flipped or not, for random boxes', () => {
    const random = randomStream(1);
    for (const channels of [1, 3]) {
      const size = { height: 7, width: 9, channels };
      const offset = 11;
      const image = Uint8Array.from({ length: offset + 7 * 9 * channels }, () => random.integer(256));
      const crop = createCropKernel(size);
      for (let trial = 0; trial < 100; trial++) {
        const height = 1 + random.integer(7);
        const width = 1 + random.integer(9);
        const box = { top: random.integer(8 - height), left: random.integer(10 - width), height, width };
        const plan = { box, flipped: trial % 2 === 1 };
        const into = new Float32Array(7 * 9 * channels);
        crop({ values: image, offset }, into, plan);
        slowCrop(image.subarray(offset), size, plan).forEach((value, i) => {
          expect(into[i]).toBeCloseTo(value, 6);
        });
      }
    }
  });

  it('leaves the whole image as it is', () => {
    const image = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => 5 * i);
    const into = new Float32Array(image.length);
    const box = { top: 0, left: 0, height: 4, width: 4 };
    createCropKernel({ height: 4, width: 4, channels: 3 })({ values: image, offset: 0 }, into, {
      box,
      flipped: false,
    });
    into.forEach((value, i) => expect(value).toBeCloseTo(image[i] / 255, 6));
  });
});
