/**
 * Weather. Brightness and fog are the published corruptions. Snow has the published numbers but is drawn by rules of
 * our own, and so are frost and spatter, calibrated by us: no photograph of frost, no edge detector for drops. These
 * three are *like* those of CIFAR-10-C, not the same, and are named so.
 */
import {
  atSeverity,
  scaled,
  type CorruptionDefinition,
  type CorruptionKernel,
  type Picture,
} from './corruption';
import { greyOf, tint } from './colour';
import { gaussianBlur, motionBlur, zoom } from './filter';
import { plasma } from './plasma';

const FOGS = [
  { density: 0.2, decay: 3 },
  { density: 0.5, decay: 3 },
  { density: 0.75, decay: 2.5 },
  { density: 1, decay: 2 },
  { density: 1.5, decay: 1.75 },
] as const;
/** Calibrated by us for ice of our own growth. */
const FROSTS = [
  { picture: 1, frost: 0.15 },
  { picture: 0.95, frost: 0.25 },
  { picture: 0.9, frost: 0.33 },
  { picture: 0.85, frost: 0.42 },
  { picture: 0.8, frost: 0.52 },
] as const;
/** The blue white of ice. */
const ICE = [0.8, 0.9, 1] as const;
const CRYSTAL_DECAY = 1.5;
const SNOWS = [
  { mean: 0.1, deviation: 0.2, zoom: 1, threshold: 0.6, radius: 8, sigma: 3, kept: 0.95 },
  { mean: 0.1, deviation: 0.2, zoom: 1, threshold: 0.5, radius: 10, sigma: 4, kept: 0.9 },
  { mean: 0.15, deviation: 0.3, zoom: 1.75, threshold: 0.55, radius: 10, sigma: 4, kept: 0.9 },
  { mean: 0.25, deviation: 0.3, zoom: 2.25, threshold: 0.6, radius: 12, sigma: 6, kept: 0.85 },
  { mean: 0.3, deviation: 0.3, zoom: 1.25, threshold: 0.65, radius: 14, sigma: 12, kept: 0.8 },
] as const;
const FALL_DEGREES = { low: -135, high: -45 };
const BRIGHTER = [0.05, 0.1, 0.15, 0.2, 0.3] as const;

/** A cloud is added, then all is darkened so that the brightest stays: x' = (x + d cloud) max / (max + d). */
const fog: CorruptionKernel = (picture, severity, random) => {
  const { density, decay } = atSeverity(FOGS, severity);
  const cloud = plasma(picture, decay, random);
  const most = picture.values.reduce((high, value) => Math.max(high, value), 0);
  const darker = most / (most + density);
  return picture.values.map(
    (value, i) => (value + density * cloud[Math.floor(i / picture.channels)]) * darker,
  );
};

/** A layer of ice over the picture, brightest along the ridges of a random landscape. */
const frost: CorruptionKernel = (picture, severity, random) => {
  const shares = atSeverity(FROSTS, severity);
  const crystals = plasma(picture, CRYSTAL_DECAY, random).map(
    (height) => (1 - Math.abs(2 * height - 1)) ** 2,
  );
  return picture.values.map((value, i) => {
    const ice = tint(ICE, picture, i) * crystals[Math.floor(i / picture.channels)];
    return shares.picture * value + shares.frost * ice;
  });
};

/** Flakes, random dots above a threshold drawn out along their fall, over a picture that has paled. */
const snow: CorruptionKernel = (picture, severity, random) => {
  const { mean, deviation, zoom: factor, threshold, radius, sigma, kept } = atSeverity(SNOWS, severity);
  const dots = onePlane(picture, () => mean + deviation * random.normal());
  const flakes = zoom(dots, factor).map((value) => (value < threshold ? 0 : Math.min(1, value)));
  const falling = motionBlur(
    { ...dots, values: flakes },
    {
      radius: scaled(radius, picture),
      sigma: scaled(sigma, picture),
      degrees: random.between(FALL_DEGREES.low, FALL_DEGREES.high),
    },
  );
  return picture.values.map((value, i) => {
    const pixel = Math.floor(i / picture.channels);
    const pale = Math.max(value, 1.5 * greyOf(picture, pixel) + 0.5);
    // The flakes lie over the picture twice, once turned by half.
    return kept * value + (1 - kept) * pale + falling[pixel] + falling[falling.length - 1 - pixel];
  });
};

function onePlane(picture: Picture, draw: () => number): Picture {
  const values = Float32Array.from({ length: picture.height * picture.width }, draw);
  return { ...picture, channels: 1, values };
}

/** Adds to the largest part of each pixel, hue and saturation being kept (value of hue, saturation, value). */
const brightness: CorruptionKernel = (picture, severity) => {
  const { values, channels } = picture;
  const addition = atSeverity(BRIGHTER, severity);
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += channels) {
    const pixel = values.subarray(start, start + channels);
    const most = Math.max(...pixel);
    const lifted = Math.min(1, most + addition);
    for (let i = 0; i < channels; i++) result[start + i] = most === 0 ? lifted : (pixel[i] * lifted) / most;
  }
  return result;
};

const WATER = { colour: [175 / 255, 238 / 255, 238 / 255], opacity: 0.5 } as const;
const MUD = [63 / 255, 42 / 255, 20 / 255] as const;
/** Calibrated by us: where a smoothed normal field rises above so many standard deviations, the picture is wet. */
const SPATTERS = [
  { threshold: 1.9, liquid: 'water' },
  { threshold: 1.5, liquid: 'water' },
  { threshold: 1.2, liquid: 'water' },
  { threshold: 0.8, liquid: 'mud' },
  { threshold: 0.3, liquid: 'mud' },
] as const;
const DROP_SIGMA = 0.8;
const EDGE_SIGMA = 0.6;

/** Drops of water that brighten, or mud that covers. */
const spatter: CorruptionKernel = (picture, severity, random) => {
  const { threshold, liquid } = atSeverity(SPATTERS, severity);
  const field = onePlane(picture, () => random.normal());
  const smooth = gaussianBlur(field, scaled(DROP_SIGMA, picture));
  const deviation = Math.sqrt(smooth.reduce((sum, value) => sum + value * value, 0) / smooth.length);
  const wet = smooth.map((value) => (value > threshold * deviation ? 1 : 0));
  const drops = gaussianBlur({ ...field, values: wet }, scaled(EDGE_SIGMA, picture));
  return picture.values.map((value, i) => {
    const cover = drops[Math.floor(i / picture.channels)];
    return liquid === 'water'
      ? value + WATER.opacity * cover * tint(WATER.colour, picture, i)
      : (1 - cover) * value + cover * tint(MUD, picture, i);
  });
};

export const WEATHER: readonly CorruptionDefinition[] = [
  { name: 'snow-like', parameters: 'like', kernel: snow },
  { name: 'frost-like', parameters: 'calibrated', kernel: frost },
  { name: 'fog', parameters: 'published', kernel: fog },
  { name: 'brightness', parameters: 'published', kernel: brightness },
  { name: 'spatter-like', parameters: 'calibrated', kernel: spatter },
];
