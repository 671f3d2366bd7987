import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import type { ImageSet } from '../../../../src/formats/datasets/imageSet';
import { allocateFeatureSet, allocateImageSet } from '../../../../src/formats/datasets/imageSet';
import { thumbnails } from '../../../../src/formats/datasets/thumbnails';

interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

function imageSet(part: 'train' | 'test', shape: Shape): ImageSet {
  const set = allocateImageSet({ ...shape, count: 3, classNames: ['a'], part });
  const random = new RandomStream(5, part.length);
  set.images.forEach((_, i) => (set.images[i] = random.integer(256)));
  return set;
}

function setsOf(shape: Shape) {
  return { train: imageSet('train', shape), test: imageSet('test', shape) };
}

describe('thumbnails', () => {
  it('are the samples themselves where these fit, grey ones with three equal channels', () => {
    const sets = setsOf({ height: 5, width: 4, channels: 1 });
    const { height, width, pixels } = thumbnails(sets, ['test/2', 'train/0'], 64);
    expect([height, width]).toEqual([5, 4]);
    const grey = (set: ImageSet, place: number) =>
      [...set.images.subarray(place * 20, (place + 1) * 20)].flatMap((value) => [value, value, value]);
    expect([...pixels]).toEqual([...grey(sets.test, 2), ...grey(sets.train, 0)]);
  });

  it('are means of square blocks where the samples are larger', () => {
    const sets = setsOf({ height: 7, width: 9, channels: 3 });
    const { height, width, pixels } = thumbnails(sets, ['train/1'], 4);
    expect([height, width]).toEqual([2, 3]);
    const { images } = sets.train;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let colour = 0; colour < 3; colour++) {
          const block = Array.from({ length: 9 }, (_, i) => {
            const [row, column] = [y * 3 + Math.floor(i / 3), x * 3 + (i % 3)];
            return images[(1 * 63 + row * 9 + column) * 3 + colour] ?? NaN;
          });
          const mean = block.reduce((sum, value) => sum + value, 0) / block.length;
          expect(pixels[(y * width + x) * 3 + colour]).toBe(Math.round(mean));
        }
  });

  it('are refused for samples that are not there, and for features', () => {
    const sets = setsOf({ height: 2, width: 2, channels: 1 });
    for (const id of ['test/3', 'other/0', 'test/', '../test/1', 'test/1e9'])
      expect(() => thumbnails(sets, [id], 64)).toThrow(`no sample ${id}`);
    const features = allocateFeatureSet({ count: 1, channels: 4, classNames: ['a'], part: 'train' });
    expect(() => thumbnails({ train: features, test: features }, ['train/0'], 64)).toThrow('needs images');
  });
});
