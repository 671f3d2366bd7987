/** Every operation against a small picture worked out by hand from its definition. */
import { describe, expect, it } from 'vitest';
import { createOperationsKernel } from '../../../../../src/trainer/data/operations/apply';
import type { OperationName } from '../../../../../src/trainer/data/operations/operation';

interface Asked {
  readonly argument?: number;
  readonly centre?: readonly [number, number];
  readonly width?: number;
  readonly channels?: number;
}

/** The picture after one operation; it is one row unless a width is given. */
function after(name: OperationName, values: readonly number[], asked: Asked = {}): number[] {
  const { argument = 0, centre = [0, 0], channels = 1 } = asked;
  const width = asked.width ?? values.length / channels;
  const size = { height: values.length / channels / width, width, channels };
  const image = Float32Array.from(values, (value) => value / 255);
  createOperationsKernel(size)(image, [{ name, argument, centre }]);
  return Array.from(image, (value) => Math.round(value * 255));
}

const SQUARE = [10, 20, 30, 40, 50, 60, 70, 80, 90];

describe('operations on single levels', () => {
  it('Invert turns v into 255 - v', () => {
    expect(after('Invert', [0, 1, 128, 255])).toEqual([255, 254, 127, 0]);
  });

  it('Solarize inverts from the threshold on', () => {
    expect(after('Solarize', [0, 127, 128, 255], { argument: 128 })).toEqual([0, 127, 127, 0]);
    expect(after('Solarize', [0, 255], { argument: 256 })).toEqual([0, 255]);
    expect(after('Solarize', [0, 255], { argument: 0 })).toEqual([255, 0]);
  });

  it('SolarizeAdd adds below 128 alone', () => {
    expect(after('SolarizeAdd', [0, 127, 128, 200], { argument: 110 })).toEqual([110, 237, 128, 200]);
  });

  it('Posterize keeps the highest bits', () => {
    // 0xab = 1010 1011, 0x5f = 0101 1111.
    expect(after('Posterize', [0xab, 0x5f], { argument: 4 })).toEqual([0xa0, 0x50]);
    expect(after('Posterize', [0xab, 0x5f], { argument: 8 })).toEqual([0xab, 0x5f]);
    expect(after('Posterize', [0xab, 0x5f], { argument: 1 })).toEqual([0x80, 0]);
  });
});

describe('operations on the histogram', () => {
  it('AutoContrast stretches each channel by itself', () => {
    // 50 * 255 / 100 = 127.5, cut off.
    expect(after('AutoContrast', [50, 100, 150])).toEqual([0, 127, 255]);
    // Red goes from 0 to 100, green is even and stays, blue goes from 10 to 20.
    expect(after('AutoContrast', [0, 7, 10, 100, 7, 20], { channels: 3 })).toEqual([0, 7, 0, 255, 7, 255]);
  });

  it('Equalize spreads levels by how many pixels lie below', () => {
    // 1024 pixels, 256 of the largest level: step = floor(768 / 255) = 3, its half 1. So 5 becomes floor(1 / 3),
    // 9 becomes floor((1 + 512) / 3) and 200 floor((1 + 768) / 3) = 256, cut off at 255.
    const levels = Array.from({ length: 1024 }, (_, i) => (i % 2 === 0 ? 5 : i % 4 === 1 ? 9 : 200));
    const expected = levels.map((level) => (level === 5 ? 0 : level === 9 ? 171 : 255));
    expect(after('Equalize', levels, { width: 32 })).toEqual(expected);
  });

  it('Equalize leaves pictures of under 256 pixels as they are, for the step is 0', () => {
    const four = Array.from({ length: 16 }, (_, i) => 16 * i);
    expect(after('Equalize', four, { width: 4 })).toEqual(four);
  });
});

describe('enhancers', () => {
  it('Brightness blends with black', () => {
    expect(after('Brightness', [101, 200], { argument: 0.5 })).toEqual([50, 100]);
    expect(after('Brightness', [101, 200], { argument: 1.9 })).toEqual([191, 255]);
  });

  it('Color blends with the grey of each pixel', () => {
    // Red: (255 * 19595 + 32768) / 65536 = 76.7, cut off.
    expect(after('Color', [255, 0, 0], { argument: 0, channels: 3 })).toEqual([76, 76, 76]);
    // Green 100: (100 * 38470 + 32768) / 65536 = 59.2; 59 + 0.5 * (0 - 59) = 29.5 and 59 + 0.5 * 41 = 79.5.
    expect(after('Color', [0, 100, 0], { argument: 0.5, channels: 3 })).toEqual([29, 79, 29]);
    expect(after('Color', [255, 0, 0], { argument: 1.9, channels: 3 })).toEqual([255, 0, 0]);
    expect(after('Color', [12, 34], { argument: 0.1 })).toEqual([12, 34]);
  });

  it('Contrast blends with the rounded mean grey', () => {
    expect(after('Contrast', [0, 100], { argument: 0.1 })).toEqual([45, 55]);
    // The mean 50.5 is rounded to 51.
    expect(after('Contrast', [0, 101], { argument: 0 })).toEqual([51, 51]);
    // Greys 76 of red and 255 of white: mean 165.5, rounded to 166.
    expect(after('Contrast', [255, 0, 0, 255, 255, 255], { argument: 0, channels: 3 })).toEqual(
      Array.from({ length: 6 }, () => 166),
    );
  });

  it('Sharpness blends with a smoothed picture inside and keeps the border', () => {
    const dot = [0, 0, 0, 0, 130, 0, 0, 0, 0];
    // Smoothed: 5 * 130 / 13 = 50. So 50 + 0.1 * 80 and 50 + 1.9 * 80.
    expect(after('Sharpness', dot, { argument: 0.1, width: 3 })[4]).toBe(58);
    expect(after('Sharpness', dot, { argument: 1.9, width: 3 })[4]).toBe(202);
    const ring = [13, 13, 13, 13, 0, 13, 13, 13, 13];
    // Smoothed: 8 * 13 / 13 = 8; the eight around stay.
    expect(after('Sharpness', ring, { argument: 0, width: 3 })).toEqual([13, 13, 13, 13, 8, 13, 13, 13, 13]);
  });
});

describe('operations that move pixels', () => {
  it('ShearX by 1 takes row y from x + y + 1, since centres lie at half-integers', () => {
    expect(after('ShearX', SQUARE, { argument: 1, width: 3 })).toEqual([
      20, 30, 128, 60, 128, 128, 128, 128, 128,
    ]);
  });

  it('ShearY by 1 takes column x from y + x + 1', () => {
    expect(after('ShearY', SQUARE, { argument: 1, width: 3 })).toEqual([
      40, 80, 128, 70, 128, 128, 128, 128, 128,
    ]);
  });

  it('TranslateX and TranslateY move by whole pixels', () => {
    expect(after('TranslateX', [1, 2, 3], { argument: 1 })).toEqual([2, 3, 128]);
    expect(after('TranslateX', [1, 2, 3], { argument: -2 })).toEqual([128, 128, 1]);
    expect(after('TranslateY', [1, 2, 3, 4], { argument: -1, width: 2 })).toEqual([128, 128, 1, 2]);
  });

  it('Rotate by 90 degrees turns anticlockwise, by -90 back', () => {
    expect(after('Rotate', [1, 2, 3, 4], { argument: 90, width: 2 })).toEqual([2, 4, 1, 3]);
    expect(after('Rotate', [2, 4, 1, 3], { argument: -90, width: 2 })).toEqual([1, 2, 3, 4]);
    const colours = [1, 2, 3, 4, 5, 6];
    expect(after('Rotate', colours, { argument: 180, channels: 3 })).toEqual([4, 5, 6, 1, 2, 3]);
  });

  it('Rotate by 45 degrees takes corners from edges and edges from corners, and greys what has no source', () => {
    const turned = after('Rotate', SQUARE, { argument: 45, width: 3 });
    // A corner lies 1.41 from the centre, and so does its source on an axis, within the 1.5 of the picture; an edge's
    // middle lies 1 away, its source (0.7, 0.7), in the corner's pixel.
    expect(turned).toEqual([20, 30, 60, 10, 50, 90, 40, 70, 80]);
    // The corners of a picture of 4 lie 2.12 away, outside the 2 of the axis.
    const even = Array.from({ length: 16 }, () => 9);
    const isCorner = (i: number): boolean => [0, 3, 12, 15].includes(i);
    expect(after('Rotate', even, { argument: 45, width: 4 })).toEqual(
      even.map((value, i) => (isCorner(i) ? 128 : value)),
    );
  });

  it('Cutout greys the part of its square that lies inside', () => {
    // Half 1 around row 0, column 3: row 0, columns 2 and 3.
    const even = Array.from({ length: 16 }, () => 9);
    const cut = after('Cutout', even, { argument: 1, centre: [0, 3], width: 4 });
    expect(cut).toEqual(even.map((value, i) => (i === 2 || i === 3 ? 128 : value)));
    expect(after('Cutout', even, { argument: 2, centre: [2, 2], width: 4 })).toEqual(even.map(() => 128));
  });
});

it('operations follow one another, each on what the last has left', () => {
  const image = Float32Array.from([10, 200], (value) => value / 255);
  const call = (name: OperationName, argument: number) => ({ name, argument, centre: [0, 0] as const });
  createOperationsKernel({ height: 1, width: 2, channels: 1 })(image, [
    call('Invert', 0),
    call('Posterize', 4),
    call('TranslateX', 1),
  ]);
  // Inverted 245 and 55, posterised 240 and 48, moved left.
  expect(Array.from(image, (value) => Math.round(255 * value))).toEqual([48, 128]);
});
