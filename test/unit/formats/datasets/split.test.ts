import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import {
  allocateFeatureSet,
  allocateImageSet,
  type ImageSet,
} from '../../../../src/formats/datasets/imageSet';
import {
  channelStatistics,
  divideForTest,
  labelHistogram,
  splitByClass,
} from '../../../../src/formats/datasets/split';

function randomSet(seed: number, labels: readonly number[]): ImageSet {
  const random = randomStream(seed);
  const set = allocateImageSet({
    count: labels.length,
    height: 3,
    width: 2,
    channels: 3,
    classNames: ['a', 'b', 'c'],
    part: 'train',
  });
  set.labels.set(labels);
  for (let i = 0; i < set.images.length; i++) {
    set.images[i] = random.integer(256);
  }
  return set;
}

const LABELS = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 2 : i % 2));

describe('a split', () => {
  it('divides every class in the same proportion', () => {
    const set = randomSet(1, LABELS);
    const { train, validation } = splitByClass(set, { validationFraction: 0.2, seed: 4 });
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual(LABELS.map((_, i) => i));
    expect(labelHistogram(set, validation)).toEqual([8, 10, 2]);
    expect(labelHistogram(set, train)).toEqual([32, 40, 8]);
  });

  it('is a function of seed and set', () => {
    const set = randomSet(1, LABELS);
    const of = (seed: number): string =>
      splitByClass(set, { validationFraction: 0.2, seed }).validation.join();
    expect(of(4)).toBe(of(4));
    expect(of(4)).not.toBe(of(5));
  });

  it('never takes all of a class, and something of every class that has two', () => {
    const set = randomSet(1, [0, 1, 1, 2, 2, 2]);
    for (const validationFraction of [0.01, 0.5, 0.99]) {
      const { train, validation } = splitByClass(set, { validationFraction, seed: 1 });
      expect(labelHistogram(set, train).every((count) => count > 0)).toBe(true);
      expect(labelHistogram(set, validation)[0]).toBe(0);
      expect(labelHistogram(set, validation)[1]).toBe(1);
    }
    expect(splitByClass(set, { validationFraction: 0, seed: 1 }).validation).toHaveLength(0);
  });
});

describe('a division for a test set', () => {
  it('takes a share of every class, and others than the validation split would', () => {
    const set = randomSet(1, LABELS);
    const { kept, aside } = divideForTest(set, { testFraction: 0.2, seed: 4 });
    expect([...kept, ...aside].sort((a, b) => a - b)).toEqual(LABELS.map((_, i) => i));
    expect(labelHistogram(set, aside)).toEqual([8, 10, 2]);
    expect(aside).not.toEqual(splitByClass(set, { validationFraction: 0.2, seed: 4 }).validation);
  });
});

describe('channel statistics', () => {
  it('of features are in their own unit, and 1 is the deviation of a constant', () => {
    const set = allocateFeatureSet({ count: 3, channels: 3, classNames: ['a', 'b'], part: 'train' });
    set.values.set([1e6, 0.1, 0, 1e6 + 3, 0.1, 0, 99, 99, 99]);
    // Over the first two samples: 1e6 and 1e6 + 3 lie 1.5 from their mean; the others do not vary.
    const { mean, deviation } = channelStatistics(set, Int32Array.of(0, 1));
    expect(mean[0]).toBe(1e6 + 1.5);
    expect(mean[1]).toBeCloseTo(0.1, 7);
    expect(deviation).toEqual([1.5, 1, 1]);
  });

  it('agree with the textbook formula on the chosen samples alone', () => {
    const set = randomSet(2, LABELS);
    const indices = Int32Array.of(3, 50, 99);
    const { mean, deviation } = channelStatistics(set, indices);
    for (let channel = 0; channel < 3; channel++) {
      const values = [...indices].flatMap((index) =>
        Array.from({ length: 6 }, (_, pixel) => set.images[index * 18 + pixel * 3 + channel] / 255),
      );
      const average = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
      expect(mean[channel]).toBeCloseTo(average, 12);
      expect(deviation[channel]).toBeCloseTo(Math.sqrt(variance), 12);
    }
  });

  it('never give a deviation of zero', () => {
    const set = randomSet(3, LABELS);
    set.images.fill(7);
    expect(channelStatistics(set, Int32Array.of(0, 1)).deviation).toEqual([1 / 255, 1 / 255, 1 / 255]);
  });
});
