/** What processing does to pictures: contrast, stretching, coarse pixels, coding, colour. */
import type { RandomStream } from '../random/stream';
import {
  atSeverity,
  scaled,
  type CorruptionDefinition,
  type CorruptionKernel,
  type Picture,
} from './corruption';
import { gaussianBlur, resample } from './filter';
import { codeAsJpeg } from './jpeg';

const CONTRASTS = [0.75, 0.5, 0.4, 0.3, 0.15] as const;
/** Side of the coarse picture, as a share of the whole. */
const COARSE_SHARES = [0.95, 0.9, 0.85, 0.75, 0.65] as const;
const QUALITIES = [80, 65, 58, 50, 40] as const;
const SATURATIONS = [
  { factor: 0.3, addition: 0 },
  { factor: 0.1, addition: 0 },
  { factor: 1.5, addition: 0 },
  { factor: 2, addition: 0.1 },
  { factor: 2.5, addition: 0.2 },
] as const;

/** Moves each value towards the mean of its channel. */
const contrast: CorruptionKernel = (picture, severity) => {
  const { values, channels } = picture;
  const factor = atSeverity(CONTRASTS, severity);
  const means = new Float64Array(channels);
  values.forEach((value, i) => (means[i % channels] += (value * channels) / values.length));
  return values.map((value, i) => (value - means[i % channels]) * factor + means[i % channels]);
};

/** In pixels of 32: how far three corners move at most, and the standard deviation of how far every pixel does. */
const ELASTICS = [
  { corners: 0.8, reach: 0.15 },
  { corners: 1.1, reach: 0.3 },
  { corners: 1.4, reach: 0.45 },
  { corners: 1.7, reach: 0.6 },
  { corners: 2, reach: 0.8 },
] as const;
/** Standard deviation of the blur that makes displacements smooth. */
const SMOOTHNESS = 1;

/**
 * A random affine map and a smooth random displacement of every pixel. Calibrated by us, so that both grow: of the
 * published numbers the affine part falls from severity to severity while the displacement rises.
 */
const elastic: CorruptionKernel = (picture, severity, random) => {
  const { corners, reach } = atSeverity(ELASTICS, severity);
  const affine = drawAffine(scaled(corners, picture), random);
  const [down, right] = [0, 1].map(() => drawDisplacement(picture, reach, random));
  return resample(picture, (row, column) => {
    const [y, x] = affine(row / (picture.height - 1 || 1), column / (picture.width - 1 || 1));
    const i = row * picture.width + column;
    return [row + y + down[i], column + x + right[i]];
  });
};

/** The displacement at shares of height and width: even change between three corners that move at random. */
function drawAffine(reach: number, random: RandomStream): (y: number, x: number) => [number, number] {
  const draw = (): number => random.between(-reach, reach);
  const [originY, originX, downY, downX, rightY, rightX] = [draw(), draw(), draw(), draw(), draw(), draw()];
  return (y, x) => [
    originY * (1 - y - x) + downY * y + rightY * x,
    originX * (1 - y - x) + downX * y + rightX * x,
  ];
}

/** Smoothed uniform noise, scaled so that `reach` pixels is its standard deviation. */
function drawDisplacement(picture: Picture, reach: number, random: RandomStream): Float32Array {
  const values = Float32Array.from({ length: picture.height * picture.width }, () => random.between(-1, 1));
  const smooth = gaussianBlur({ ...picture, channels: 1, values }, scaled(SMOOTHNESS, picture));
  const deviation = Math.sqrt(smooth.reduce((sum, value) => sum + value * value, 0) / smooth.length);
  return smooth.map((value) => (scaled(reach, picture) * value) / (deviation || 1));
}

/** Shrinks by the mean of the pixels whose centres fall into a coarse one, then shows each coarse pixel as a block. */
const pixelate: CorruptionKernel = (picture, severity) => {
  const share = atSeverity(COARSE_SHARES, severity);
  const coarse = averageInto(picture, {
    height: Math.max(1, Math.floor(picture.height * share)),
    width: Math.max(1, Math.floor(picture.width * share)),
  });
  const { height, width, channels } = picture;
  return picture.values.map((_, i) => {
    const pixel = Math.floor(i / channels);
    const row = coarsePlace(Math.floor(pixel / width), height, coarse.height);
    const column = coarsePlace(pixel % width, width, coarse.width);
    return coarse.values[(row * coarse.width + column) * channels + (i % channels)];
  });
};

/** The coarse pixel that a pixel's centre lies in. */
function coarsePlace(place: number, length: number, coarseLength: number): number {
  return Math.floor(((place + 0.5) * coarseLength) / length);
}

function averageInto(picture: Picture, to: { readonly height: number; readonly width: number }): Picture {
  const { height, width, channels } = picture;
  const sums = new Float32Array(to.height * to.width * channels);
  const counts = new Float32Array(sums.length);
  picture.values.forEach((value, i) => {
    const pixel = Math.floor(i / channels);
    const row = coarsePlace(Math.floor(pixel / width), height, to.height);
    const column = coarsePlace(pixel % width, width, to.width);
    const target = (row * to.width + column) * channels + (i % channels);
    sums[target] += value;
    counts[target]++;
  });
  return { ...to, channels, values: sums.map((sum, i) => sum / counts[i]) };
}

const jpeg: CorruptionKernel = (picture, severity) => codeAsJpeg(picture, atSeverity(QUALITIES, severity));

/**
 * Saturation (of hue, saturation, value) times a factor plus an addition. The published severities first take colour
 * away, then exaggerate it, so the distance from the picture does not grow from 2 to 3. Grey pixels have hue 0, red.
 */
const saturate: CorruptionKernel = (picture, severity) => {
  const { values, channels } = picture;
  if (channels !== 3) return values.slice();
  const { factor, addition } = atSeverity(SATURATIONS, severity);
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += 3) {
    const pixel = values.subarray(start, start + 3);
    const most = Math.max(...pixel);
    const before = most === 0 ? 0 : (most - Math.min(...pixel)) / most;
    const after = Math.min(1, before * factor + addition);
    for (let i = 0; i < 3; i++) {
      const distance = before === 0 ? (i === 0 ? 0 : most * after) : ((most - pixel[i]) * after) / before;
      result[start + i] = most - distance;
    }
  }
  return result;
};

export const DIGITAL: readonly CorruptionDefinition[] = [
  { name: 'contrast', parameters: 'published', kernel: contrast },
  { name: 'elastic', parameters: 'calibrated', kernel: elastic },
  { name: 'pixelate', parameters: 'published', kernel: pixelate },
  { name: 'jpeg', parameters: 'published', kernel: jpeg },
  { name: 'saturate', parameters: 'published', needsColour: true, kernel: saturate },
];
