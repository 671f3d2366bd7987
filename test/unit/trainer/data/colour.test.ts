import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createColourKernel, NO_COLOUR_CHANGE, type ColourChange } from '../../../../src/trainer/data/colour';

type Pixel = [number, number, number];
const PLAIN = { mean: [0, 0, 0], deviation: [1, 1, 1] };
const PIXELS = 40;

const cut = (value: number): number => Math.min(1, Math.max(0, value));
const luma = ([red, green, blue]: Pixel): number => 0.2989 * red + 0.587 * green + 0.114 * blue;

/** Hue turned through the textbook conversions to hue, saturation, value and back. */
function slowTurn([red, green, blue]: Pixel, turns: number): Pixel {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0) {
    return [red, green, blue];
  }
  let hue = 4 + (red - green) / chroma;
  if (value === red) {
    hue = (green - blue) / chroma;
  } else if (value === green) {
    hue = 2 + (blue - red) / chroma;
  }
  const turned = (((hue / 6 + turns) % 1) + 1) % 1;
  const part = (n: number): number => {
    const k = (n + turned * 6) % 6;
    return value - chroma * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [part(5), part(3), part(1)];
}

function slowChange(pixels: readonly Pixel[], change: ColourChange): Pixel[] {
  const each = (list: readonly Pixel[], act: (value: number, pixel: Pixel) => number): Pixel[] =>
    list.map((pixel) => pixel.map((value) => cut(act(value, pixel))) as Pixel);
  const bright = each(pixels, (value) => change.brightness * value);
  const pivot = bright.reduce((sum, pixel) => sum + luma(pixel), 0) / bright.length;
  const contrasted = each(bright, (value) => change.contrast * value + (1 - change.contrast) * pivot);
  const saturated = each(
    contrasted,
    (value, pixel) => change.saturation * value + (1 - change.saturation) * luma(pixel),
  );
  const turned = saturated.map((pixel) => slowTurn(pixel, change.hueTurns));
  return change.isGrey ? each(turned, (_, pixel) => luma(pixel)) : turned;
}

function randomPixels(seed: number): Pixel[] {
  const random = randomStream(seed);
  return Array.from({ length: PIXELS }, (_, i) => {
    const pixel: Pixel = [random.uniform(), random.uniform(), random.uniform()];
    const ties: Pixel[] = [pixel, [1, 1, 0], [0, 0.5, 0.5], [0.3, 0.3, 0.3], [0, 0, 0], [1, 0, 1], [0, 1, 0]];
    return ties[i % ties.length];
  });
}

function apply(pixels: readonly Pixel[], change: ColourChange): Float32Array {
  const from = Float32Array.from(pixels.flat());
  const into = new Float32Array(from.length + 2);
  createColourKernel(3, PLAIN)(from, { values: into, offset: 2 }, change);
  return into.subarray(2);
}

describe('the colour kernel', () => {
  it('agrees with the definitions of every operation and of all together', () => {
    const random = randomStream(9);
    for (let trial = 0; trial < 200; trial++) {
      const pixels = randomPixels(trial);
      const drawn: ColourChange = {
        brightness: random.between(0, 2),
        contrast: random.between(0, 2),
        saturation: random.between(0, 2),
        hueTurns: random.between(-0.5, 0.5),
        isGrey: random.uniform() < 0.3,
      };
      const single = { ...NO_COLOUR_CHANGE, ...Object.fromEntries([Object.entries(drawn)[trial % 5]]) };
      for (const change of [drawn, single]) {
        const expected = slowChange(pixels, change).flat();
        apply(pixels, change).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
      }
    }
  });

  it('turns red to green, green to blue and blue to red by a third', () => {
    const change = { ...NO_COLOUR_CHANGE, hueTurns: 1 / 3 };
    const pixels: Pixel[] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect([...apply(pixels, change)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      0, 1, 0, 0, 0, 1, 1, 0, 0,
    ]);
  });

  it("gives what torchvision's adjust functions give", () => {
    const pixels: Pixel[] = [
      [0.9, 0.2, 0.1],
      [0.25, 0.75, 0.5],
      [0.1, 0.3, 0.8],
      [0.6, 0.6, 0.2],
      [0.4, 0.4, 0.4],
      [0.05, 0.9, 0.85],
      [1, 0, 1],
      [0.55, 0.35, 0.45],
    ];
    // torchvision 0.28.0, float32: adjust_brightness 1.3, adjust_contrast 0.7, adjust_saturation 1.35, adjust_hue -0.07.
    const jittered = [
      0.999994, 0.177844, 0.400297, 0.294198, 0.908448, 0.343338, 0.198559, 0.780864, 1, 0.72979, 0.523402,
      0.23839, 0.53326, 0.53326, 0.53326, 0.054167, 0.937742, 0.566641, 0.608596, 0.068087, 1, 0.710788,
      0.465088, 0.691132,
    ];
    const change = { brightness: 1.3, contrast: 0.7, saturation: 1.35, hueTurns: -0.07, isGrey: false };
    apply(pixels, change).forEach((value, i) => expect(value).toBeCloseTo(jittered[i], 5));
    // rgb_to_grayscale, one value a pixel.
    const greys = [0.39781, 0.571975, 0.29719, 0.55434, 0.39996, 0.640145, 0.4129, 0.421145];
    const grey = { ...NO_COLOUR_CHANGE, isGrey: true };
    apply(pixels, grey).forEach((value, i) => expect(value).toBeCloseTo(greys[Math.floor(i / 3)], 5));
  });

  it('normalises each channel of a grey view by its own figures', () => {
    const into = new Float32Array(3);
    const kernel = createColourKernel(3, { mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 2] });
    const grey = { ...NO_COLOUR_CHANGE, isGrey: true };
    kernel(Float32Array.of(1, 1, 1), { values: into, offset: 0 }, grey);
    const luma = 0.9999;
    [(luma - 0.5) / 0.5, (luma - 0.25) / 0.25, luma / 2].forEach((value, i) =>
      expect(into[i]).toBeCloseTo(value, 5),
    );
  });

  it('changes nothing without a change, and normalises each channel', () => {
    const into = new Float32Array(6);
    const kernel = createColourKernel(3, { mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 2] });
    kernel(Float32Array.of(0.5, 0.5, 0.5, 1, 0, 1), { values: into, offset: 0 }, NO_COLOUR_CHANGE);
    expect([...into]).toEqual([0, 1, 0.25, 1, -1, 0.5]);
  });

  it('of one channel changes brightness and contrast alone', () => {
    const kernel = createColourKernel(1, { mean: [0], deviation: [0.5] });
    const change = { brightness: 2, contrast: 0.5, saturation: 0, hueTurns: 0.3, isGrey: true };
    const into = new Float32Array(2);
    kernel(Float32Array.of(0.1, 0.9), { values: into, offset: 0 }, change);
    // Brightened to 0.2 and 1, then half way to their mean 0.6, then divided by 0.5.
    expect(into[0]).toBeCloseTo(0.8, 6);
    expect(into[1]).toBeCloseTo(1.6, 6);
  });
});
