/** Train and validation parts of a training set, and what may be learnt from the train part alone. */
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import { imageBytes, type ImageSet } from './imageSet';

/** Indices into the training set, ascending, disjoint, together all of it. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** One number per channel, in pixel values scaled to 0-1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  /** Standard deviation; at least one grey level, so that dividing by it is safe. */
  readonly deviation: readonly number[];
}

const GREY_LEVELS = 256;
const LARGEST_PIXEL = 255;

/**
 * Puts the same share of every class aside for validation (rounded; at least one image and never all of
 * a class with two or more). The same seed and set always give the same split.
 */
export function splitByClass(
  set: ImageSet,
  { validationFraction, seed }: { validationFraction: number; seed: number },
): Split {
  const isValidation = new Uint8Array(set.count);
  for (const [label, members] of indicesByClass(set).entries()) {
    const order = permutation(members.length, seed, PURPOSE.split, label);
    const taken = validationCount(members.length, validationFraction);
    for (const place of order.subarray(0, taken)) {
      isValidation[members[place]] = 1;
    }
  }
  const all = Int32Array.from({ length: set.count }, (_, i) => i);
  return {
    train: all.filter((i) => isValidation[i] === 0),
    validation: all.filter((i) => isValidation[i] === 1),
  };
}

/** Mean and standard deviation of each channel over the named samples. */
export function channelStatistics(set: ImageSet, indices: Int32Array): ChannelStatistics {
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let channel = 0; channel < set.channels; channel++) {
    const levels = countLevels(set, indices, channel);
    const moments = levelMoments(levels, indices.length * set.height * set.width);
    mean.push(moments.mean / LARGEST_PIXEL);
    deviation.push(Math.max(Math.sqrt(moments.variance), 1) / LARGEST_PIXEL);
  }
  return { mean, deviation };
}

/** How many of the named samples each class has. */
export function labelHistogram(set: ImageSet, indices: Int32Array): number[] {
  const counts = new Array<number>(set.classNames.length).fill(0);
  for (const index of indices) {
    counts[set.labels[index]]++;
  }
  return counts;
}

function indicesByClass(set: ImageSet): number[][] {
  const members = set.classNames.map((): number[] => []);
  for (let i = 0; i < set.count; i++) {
    members[set.labels[i]].push(i);
  }
  return members;
}

function validationCount(members: number, fraction: number): number {
  if (fraction <= 0 || members < 2) {
    return 0;
  }
  return Math.min(members - 1, Math.max(1, Math.round(members * fraction)));
}

/** Whole numbers only, so the result does not depend on the order of addition. */
function countLevels(set: ImageSet, indices: Int32Array, channel: number): Float64Array {
  const levels = new Float64Array(GREY_LEVELS);
  const size = imageBytes(set);
  for (const index of indices) {
    const end = (index + 1) * size;
    for (let i = index * size + channel; i < end; i += set.channels) {
      levels[set.images[i]]++;
    }
  }
  return levels;
}

function levelMoments(levels: Float64Array, count: number): { mean: number; variance: number } {
  const mean = levels.reduce((sum, times, level) => sum + times * level, 0) / count;
  const variance =
    levels.reduce((sum, times, level) => sum + times * (level - mean) * (level - mean), 0) / count;
  return { mean, variance };
}
