import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../../../src/domain/corruptions/corruption';
import { plasma } from '../../../../src/domain/corruptions/plasma';
import { randomStream } from '../../../../src/domain/random/stream';
import { COLOUR, corrupt, lengthOf, meanOf, named, texture } from './pictures';

describe('plasma', () => {
  it('fills 0 to 1, for sizes that are no power of 2 too', () => {
    for (const size of [COLOUR, { height: 20, width: 28, channels: 1 }]) {
      const heights = plasma(size, 2, randomStream(1));
      expect(heights).toHaveLength(size.height * size.width);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...heights)).toBeLessThanOrEqual(1);
    }
    expect(Math.max(...plasma(COLOUR, 2, randomStream(1)))).toBe(1);
  });

  it('is the smoother, the larger its decay', () => {
    const neighbours = (heights: Float32Array): number =>
      heights.reduce((sum, height, i) => sum + (i % 32 === 0 ? 0 : (height - heights[i - 1]) ** 2), 0);
    const roughness = (decay: number): number =>
      Array.from({ length: 20 }, (_, key) => neighbours(plasma(COLOUR, decay, randomStream(2, key)))).reduce(
        (sum, value) => sum + value,
      );
    expect(roughness(3)).toBeLessThan(roughness(2));
    expect(roughness(2)).toBeLessThan(roughness(1.3) / 2);
  });
});

it('brightness adds to the largest part and keeps the ratios', () => {
  const size = { height: 1, width: 3, channels: 3 };
  // 0.05 * 255 = 12.75: 100 becomes 112.75, 50 becomes 56.4; 250 stops at 255; black becomes grey.
  const from = Uint8Array.of(100, 50, 0, 250, 0, 125, 0, 0, 0);
  expect([...corrupt(named('brightness'), from, { size, severity: 1 })]).toEqual([
    113, 56, 0, 255, 0, 128, 13, 13, 13,
  ]);
});

it('fog keeps the brightest value within white and flattens the picture', () => {
  const from = texture(COLOUR);
  const spread = (values: Uint8Array): number => {
    const mean = meanOf(values);
    // Differences of neighbours in one channel: the cloud is smooth, so what is left is the picture's.
    return values.reduce((sum, value, i) => sum + (i < 3 ? 0 : Math.abs(value - values[i - 3])), 0) / mean;
  };
  for (const severity of SEVERITIES.slice(0, 3)) {
    const to = corrupt(named('fog'), from, { size: COLOUR, severity });
    expect(Math.max(...to)).toBeLessThanOrEqual(Math.max(...from));
    expect(spread(to)).toBeLessThan(spread(from));
  }
});

it('frost and snow whiten, mud darkens, water brightens a dark picture', () => {
  const dark = new Uint8Array(lengthOf(COLOUR)).fill(60);
  const mean = (name: string, severity: 1 | 5): number =>
    meanOf(corrupt(named(name), dark, { size: COLOUR, severity }));
  expect(mean('frost-like', 1)).toBeGreaterThan(62);
  expect(mean('snow-like', 1)).toBeGreaterThan(62);
  expect(mean('spatter-like', 1)).toBeGreaterThan(61);
  expect(mean('spatter-like', 5)).toBeLessThan(56);
});

it('water covers the share of the picture that a normal number leaves above 1.9', () => {
  const black = new Uint8Array(lengthOf({ height: 32, width: 32, channels: 1 }));
  const size = { height: 32, width: 32, channels: 1 };
  const means = Array.from({ length: 40 }, (_, sample) =>
    meanOf(corrupt(named('spatter-like'), black, { size, severity: 1, sample })),
  );
  // 2.87 % of a normal distribution; half of the grey of (175, 238, 238), 219.2. The drops' soft edges keep the sum.
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  expect(Math.abs(mean - 0.0287 * 0.5 * 219.2)).toBeLessThan(0.4);
});
