/** Test images, and how a corruption by name changes them. */
import {
  corruptionKeys,
  type Corruption,
  type PictureSize,
  type Severity,
} from '../../../../src/domain/corruptions/corruption';
import { corruptions } from '../../../../src/domain/corruptions/list';
import { randomStream } from '../../../../src/domain/random/stream';

export const COLOUR: PictureSize = { height: 32, width: 32, channels: 3 };
export const GREY: PictureSize = { height: 32, width: 32, channels: 1 };

export function lengthOf({ height, width, channels }: PictureSize): number {
  return height * width * channels;
}

/** Waves of several lengths and colours with a little noise: something to lose for every corruption. */
export function texture(size: PictureSize, seed = 1): Uint8Array {
  const random = randomStream(seed);
  const phases = Array.from({ length: 6 }, () => random.between(0, 2 * Math.PI));
  return Uint8Array.from({ length: lengthOf(size) }, (_, i) => {
    const channel = i % size.channels;
    const pixel = Math.floor(i / size.channels);
    const [y, x] = [Math.floor(pixel / size.width), pixel % size.width];
    const slow = 40 * Math.sin(0.3 * x + phases[channel]) + 30 * Math.cos(0.25 * y + phases[3 + channel]);
    const fast = 25 * Math.sin(1.3 * x + 0.9 * y + phases[0]);
    return Math.round(120 + slow + fast + random.between(-8, 8));
  });
}

export function named(name: string): Corruption {
  const found = corruptions.find((corruption) => corruption.name === name);
  if (found === undefined) throw new Error(`no corruption ${name}`);
  return found;
}

export function corrupt(
  corruption: Corruption,
  from: Uint8Array,
  { size, severity, sample = 0 }: { size: PictureSize; severity: Severity; sample?: number },
): Uint8Array {
  const to = new Uint8Array(from.length);
  const keys = corruptionKeys(5, corruptions.indexOf(corruption), { severity, sample });
  corruption.apply(from, to, { size, severity, random: randomStream(...keys) });
  return to;
}

export function meanOf(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const SAMPLES = 10;
const TEXTURES = new Map<PictureSize, readonly Uint8Array[]>();

function texturesOf(size: PictureSize): readonly Uint8Array[] {
  const made = TEXTURES.get(size) ?? Array.from({ length: SAMPLES }, (_, seed) => texture(size, seed));
  TEXTURES.set(size, made);
  return made;
}

/** Mean squared change over a few samples, in squared levels. */
export function distortion(corruption: Corruption, size: PictureSize, severity: Severity): number {
  let sum = 0;
  for (const [sample, from] of texturesOf(size).entries()) {
    const to = corrupt(corruption, from, { size, severity, sample });
    sum += to.reduce((total, value, i) => total + (value - from[i]) ** 2, 0) / from.length;
  }
  return sum / SAMPLES;
}
