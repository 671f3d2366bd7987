/** Train and validation parts of a training set, and what may be learnt from the train part alone. */
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import {
  holdsFeatures,
  imageBytes,
  type FeatureSet,
  type ImageSet,
  type LabelledSet,
  type SampleSet,
} from './imageSet';

/** Indices into the training set, ascending, disjoint, together all of it. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** One number per channel, of images in pixel values scaled to 0-1, of features in their own unit. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  /** Standard deviation; at least one grey level, and 1 for a constant feature, so that dividing by it is safe. */
  readonly deviation: readonly number[];
}

/** The samples that stay and those that are put aside: indices, ascending, disjoint, together all of the set. */
export interface Division {
  readonly kept: Int32Array;
  readonly aside: Int32Array;
}

/** What dividing a set by class needs of it. */
type Labels = Pick<LabelledSet, 'labels' | 'classNames'>;

const GREY_LEVELS = 256;
const LARGEST_PIXEL = 255;
/** A deviation below this share of the mean is rounding. */
const CONSTANT_SHARE = 1e-6;
/** Last key of the permutation that chooses a test set, so that it tells nothing of the validation split. */
const TEST_DIVISION = 1;

/**
 * Puts the same share of every class aside for validation (rounded; at least one image and never all of
 * a class with two or more). The same seed and set always give the same split.
 */
export function splitByClass(
  set: LabelledSet,
  { validationFraction, seed }: { validationFraction: number; seed: number },
): Split {
  const { kept, aside } = divide(set, validationFraction, [seed, PURPOSE.split]);
  return { train: kept, validation: aside };
}

/** As splitByClass, the part put aside being the test set of a source that has none; other samples are chosen. */
export function divideForTest(
  set: Labels,
  { testFraction, seed }: { testFraction: number; seed: number },
): Division {
  return divide(set, testFraction, [seed, PURPOSE.split, TEST_DIVISION]);
}

function divide(set: Labels, fraction: number, keys: readonly number[]): Division {
  const isAside = new Uint8Array(set.labels.length);
  for (const [label, members] of indicesByClass(set).entries()) {
    const order = permutation(members.length, ...keys, label);
    for (const place of order.subarray(0, asideCount(members.length, fraction))) {
      isAside[members[place]] = 1;
    }
  }
  const all = Int32Array.from({ length: set.labels.length }, (_, i) => i);
  return { kept: all.filter((i) => isAside[i] === 0), aside: all.filter((i) => isAside[i] === 1) };
}

/** Mean and standard deviation of each channel over the named samples. */
export function channelStatistics(set: SampleSet, indices: Int32Array): ChannelStatistics {
  return holdsFeatures(set) ? featureStatistics(set, indices) : pixelStatistics(set, indices);
}

function pixelStatistics(set: ImageSet, indices: Int32Array): ChannelStatistics {
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
export function labelHistogram(set: Labels, indices: Int32Array): number[] {
  const counts = new Array<number>(set.classNames.length).fill(0);
  for (const index of indices) {
    counts[set.labels[index]]++;
  }
  return counts;
}

/** Two passes, the mean being known in the second, because features may lie far from zero. */
function featureStatistics({ values, channels }: FeatureSet, indices: Int32Array): ChannelStatistics {
  const mean = new Array<number>(channels).fill(0);
  const variance = new Array<number>(channels).fill(0);
  for (const index of indices) {
    for (let k = 0; k < channels; k++) mean[k] += values[index * channels + k] / indices.length;
  }
  for (const index of indices) {
    for (let k = 0; k < channels; k++) {
      variance[k] += (values[index * channels + k] - mean[k]) ** 2 / indices.length;
    }
  }
  const deviation = variance.map((value, k) => {
    const spread = Math.sqrt(value);
    return spread > CONSTANT_SHARE * Math.abs(mean[k]) ? spread : 1;
  });
  return { mean, deviation };
}

function indicesByClass(set: Labels): number[][] {
  const members = set.classNames.map((): number[] => []);
  for (let i = 0; i < set.labels.length; i++) {
    members[set.labels[i]].push(i);
  }
  return members;
}

function asideCount(members: number, fraction: number): number {
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
