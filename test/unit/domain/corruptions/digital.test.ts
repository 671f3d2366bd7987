import { describe, expect, it } from 'vitest';
import { codeAsJpeg } from '../../../../src/domain/corruptions/jpeg';
import { COLOUR, corrupt, distortion, GREY, named } from './pictures';

const row = (...values: number[]) => ({
  from: Uint8Array.from(values),
  size: { height: 1, width: values.length, channels: 1 },
});

it('contrast moves values towards the mean of their channel', () => {
  const size = { height: 1, width: 2, channels: 3 };
  const from = Uint8Array.of(0, 100, 7, 200, 140, 7);
  // Means 100, 120, 7; times 0.5 at severity 2 and 0.15 at 5.
  expect([...corrupt(named('contrast'), from, { size, severity: 2 })]).toEqual([50, 110, 7, 150, 130, 7]);
  expect([...corrupt(named('contrast'), from, { size, severity: 5 })]).toEqual([85, 117, 7, 115, 123, 7]);
});

it('pixelate averages what falls into a coarse pixel', () => {
  // 4 * 0.75 = 3 coarse pixels; centres 0.5, 1.5, 2.5, 3.5 fall into 0, 1, 1 and 2 of them.
  const square = { height: 4, width: 4, channels: 1 };
  const rows = [0, 10, 30, 60];
  const from = Uint8Array.from({ length: 16 }, (_, i) => rows[i % 4] + 100 * +(i >= 8));
  const to = corrupt(named('pixelate'), from, { size: square, severity: 4 });
  expect([...to]).toEqual([0, 20, 20, 60, 50, 70, 70, 110, 50, 70, 70, 110, 100, 120, 120, 160]);
});

describe('saturate', () => {
  it('changes the saturation of hue, saturation, value', () => {
    const size = { height: 1, width: 3, channels: 3 };
    const from = Uint8Array.of(200, 100, 150, 100, 100, 100, 0, 0, 0);
    // Severity 1: saturation 0.5 becomes 0.15, so the least part is 170 and the middle one 185.
    expect([...corrupt(named('saturate'), from, { size, severity: 1 })]).toEqual([
      200, 170, 185, 100, 100, 100, 0, 0, 0,
    ]);
    // Severity 4: 0.5 * 2 + 0.1 is cut off at 1; grey gets 0.1 of red, its hue being 0.
    expect([...corrupt(named('saturate'), from, { size, severity: 4 })]).toEqual([
      200, 0, 100, 100, 90, 90, 0, 0, 0,
    ]);
  });
});

describe('jpeg', () => {
  const block = (of: (row: number, column: number) => number) => ({
    values: Float32Array.from({ length: 64 }, (_, i) => of(Math.floor(i / 8), i % 8) / 255),
    height: 8,
    width: 8,
    channels: 1,
  });
  const coded = (of: (row: number, column: number) => number): number[] =>
    Array.from(codeAsJpeg(block(of), 50), (value) => Math.round(255 * value));

  it('rounds even blocks by the first step of the table', () => {
    // An even block of v has 8 (v - 128) as its only coefficient; the step at quality 50 is 16.
    expect(new Set(coded(() => 130))).toEqual(new Set([130]));
    expect(new Set(coded(() => 131))).toEqual(new Set([132]));
    expect(new Set(coded(() => 0))).toEqual(new Set([0]));
  });

  it('loses waves that are weaker than half a step, by the steps of rows and columns', () => {
    // A wave of amplitude a and the lowest frequency has the coefficient a * 8 / sqrt(8) * 4 / 2 = 5.657 a. Steps: 11
    // across, 12 down. So 1.05, 5.94, is more than half of 11, and becomes 11 / 5.657 = 1.94; of 12 it is less.
    const wave = (place: number): number => Math.cos(((2 * place + 1) * Math.PI) / 16);
    const across = coded((_, column) => 128 + 1.05 * wave(column));
    across.forEach((value, i) => expect(value).toBe(Math.round(128 + (11 / Math.sqrt(32)) * wave(i % 8))));
    expect(new Set(coded((down) => 128 + 1.05 * wave(down)))).toEqual(new Set([128]));
  });

  it('is close to the picture at the weakest severity, where it is smooth', () => {
    const smooth = Uint8Array.from({ length: 3072 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return 60 + 3 * Math.floor(pixel / 32) + 2 * (pixel % 32) + 10 * (i % 3);
    });
    const to = corrupt(named('jpeg'), smooth, { size: COLOUR, severity: 1 });
    expect(to.reduce((sum, value, i) => sum + (value - smooth[i]) ** 2, 0) / 3072).toBeLessThan(4);
  });

  it('keeps colours: even ones stay within the steps of luma and chroma', () => {
    const colour = [200, 60, 90];
    const even = Uint8Array.from({ length: 3072 }, (_, i) => colour[i % 3]);
    const to = corrupt(named('jpeg'), even, { size: COLOUR, severity: 1 });
    // Quality 80: steps 6 and 7 of 8 levels, so up to 0.4 and 0.5 levels off, rounded, and chroma times 1.772.
    to.forEach((value, i) => expect(Math.abs(value - even[i])).toBeLessThanOrEqual(3));
  });
});

describe('elastic', () => {
  it('moves pixels and makes no new levels', () => {
    const halves = Uint8Array.from({ length: 1024 }, (_, i) => (i % 32 < 16 ? 50 : 200));
    const to = corrupt(named('elastic'), halves, { size: GREY, severity: 5 });
    expect(Math.min(...to)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...to)).toBeLessThanOrEqual(200);
    expect(distortion(named('elastic'), GREY, 1)).toBeGreaterThan(0);
  });

  it('leaves even pictures of one pixel as they are', () => {
    const { from, size } = row(9);
    expect([...corrupt(named('elastic'), from, { size, severity: 5 })]).toEqual([9]);
  });
});
