/** Blur: a lens out of focus, a moving camera, glass between. Parameters as published for CIFAR-10-C, but for glass. */
import type { RandomStream } from '../random/stream';
import {
  atSeverity,
  scaled,
  type CorruptionDefinition,
  type CorruptionKernel,
  type Picture,
} from './corruption';
import { filter, gaussianBlur, mirrored, motionBlur, zoom, type Tap } from './filter';

/** Radius of the disc, and standard deviation of the 3 x 3 Gaussian that softens it. */
const DISCS = [
  { radius: 0.3, softness: 0.4 },
  { radius: 0.4, softness: 0.5 },
  { radius: 0.5, softness: 0.6 },
  { radius: 1, softness: 0.2 },
  { radius: 1.5, softness: 0.1 },
] as const;
const MOTIONS = [
  { radius: 6, sigma: 1 },
  { radius: 6, sigma: 1.5 },
  { radius: 6, sigma: 2 },
  { radius: 8, sigma: 2 },
  { radius: 9, sigma: 2.5 },
] as const;
const MOST_MOTION_DEGREES = 45;
/** How many pictures, enlarged by 0, 1, 2, ... per cent, are averaged. */
const ZOOMS = [6, 11, 16, 21, 26] as const;
const ZOOM_STEP = 0.01;
/** Calibrated by us: the share of the pixels that change places. */
const SWAPPED_SHARES = [0.15, 0.3, 0.5, 0.75, 1] as const;
const GLASS_SIGMA = 0.4;
const SIGMAS = [0.4, 0.6, 0.7, 0.8, 1] as const;

/** A filter of the pixels whose centres lie in a disc, softened. */
const defocusBlur: CorruptionKernel = (picture, severity) => {
  const { radius, softness } = atSeverity(DISCS, severity);
  return filter(picture, discTaps(scaled(radius, picture), softness));
};

function discTaps(radius: number, softness: number): Tap[] {
  const reach = Math.ceil(radius);
  const taps: Tap[] = [];
  for (const [down, right] of square(reach)) {
    if (down * down + right * right > radius * radius) continue;
    for (const [y, x] of square(1)) {
      const weight = Math.exp(-(y * y + x * x) / (2 * softness * softness));
      taps.push({ down: down + y, right: right + x, weight });
    }
  }
  return taps;
}

/** The whole places of a square around 0. */
function square(reach: number): [number, number][] {
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return places.flatMap((down) => places.map((right): [number, number] => [down, right]));
}

/** A trail in a direction between -45 and 45 degrees. */
const motion: CorruptionKernel = (picture, severity, random) => {
  const { radius, sigma } = atSeverity(MOTIONS, severity);
  return motionBlur(picture, {
    radius: scaled(radius, picture),
    sigma: scaled(sigma, picture),
    degrees: random.between(-MOST_MOTION_DEGREES, MOST_MOTION_DEGREES),
  });
};

/** The mean of the picture and of itself enlarged more and more: a camera that moves towards it. */
const zoomBlur: CorruptionKernel = (picture, severity) => {
  const count = atSeverity(ZOOMS, severity);
  const sum = picture.values.slice();
  for (let i = 0; i < count; i++) {
    const enlarged = zoom(picture, 1 + ZOOM_STEP * i);
    for (let k = 0; k < sum.length; k++) sum[k] += enlarged[k];
  }
  return sum.map((value) => value / (count + 1));
};

/**
 * Neighbouring pixels change places, between two blurs. Calibrated by us: the published code means to swap too, but
 * writes one pixel over the other, and what it does in a second round undoes some of the first.
 */
const glassBlur: CorruptionKernel = (picture, severity, random) => {
  const sigma = scaled(GLASS_SIGMA, picture);
  const share = atSeverity(SWAPPED_SHARES, severity);
  const values = gaussianBlur(picture, sigma);
  swapNeighbours({ ...picture, values }, share, random);
  return gaussianBlur({ ...picture, values }, sigma);
};

function swapNeighbours(picture: Picture, share: number, random: RandomStream): void {
  const { height, width } = picture;
  const reach = Math.max(1, Math.round(scaled(1, picture)));
  const draw = (place: number, length: number): number =>
    mirrored(place + random.integer(2 * reach + 1) - reach, length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (random.uniform() >= share) continue;
      const other = draw(row, height) * width + draw(column, width);
      swapPixels(picture, row * width + column, other);
    }
  }
}

function swapPixels({ values, channels }: Picture, one: number, other: number): void {
  for (let channel = 0; channel < channels; channel++) {
    const kept = values[one * channels + channel];
    values[one * channels + channel] = values[other * channels + channel];
    values[other * channels + channel] = kept;
  }
}

const gaussian: CorruptionKernel = (picture, severity) =>
  gaussianBlur(picture, scaled(atSeverity(SIGMAS, severity), picture));

export const BLUR: readonly CorruptionDefinition[] = [
  { name: 'defocus-blur', parameters: 'published', kernel: defocusBlur },
  { name: 'glass-blur', parameters: 'calibrated', kernel: glassBlur },
  { name: 'motion-blur', parameters: 'published', kernel: motion },
  { name: 'zoom-blur', parameters: 'published', kernel: zoomBlur },
  { name: 'gaussian-blur', parameters: 'published', kernel: gaussian },
];
