import { beforeAll, describe, expect, it } from 'vitest';
import { permutation } from '../../../../src/domain/random/permutation';
import { contentHash } from '../../../../src/formats/datasets/contentHash';
import { imageBytes, type ImageSet } from '../../../../src/formats/datasets/imageSet';
import { generateImageSets } from '../../../../src/formats/synthetic/imageSets';

let train: ImageSet;
let test: ImageSet;
beforeAll(() => {
  ({ train, test } = generateImageSets(1));
});

function image(set: ImageSet, index: number): Uint8Array {
  const size = imageBytes(set);
  return set.images.subarray(index * size, (index + 1) * size);
}

/** Share of test images for which the class of highest score is right. */
function accuracy(scoresOf: (pixels: Uint8Array) => Float64Array): number {
  let right = 0;
  for (let i = 0; i < test.count; i++) {
    const scores = scoresOf(image(test, i));
    right += scores.indexOf(Math.max(...scores)) === test.labels[i] ? 1 : 0;
  }
  return right / test.count;
}

function classMeans(set: ImageSet): Float64Array[] {
  const means = set.classNames.map(() => new Float64Array(imageBytes(set)));
  const perClass = set.count / set.classNames.length;
  for (let i = 0; i < set.count; i++) {
    const mean = means[set.labels[i]];
    image(set, i).forEach((pixel, k) => (mean[k] += pixel / perClass));
  }
  return means;
}

/** Softmax regression on centred pixels by stochastic gradient descent; weights [classes][pixels + bias]. */
function fitSoftmax(set: ImageSet, { epochs, rate }: { epochs: number; rate: number }): Float64Array[] {
  const size = imageBytes(set);
  const weights = set.classNames.map(() => new Float64Array(size + 1));
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const index of permutation(set.count, 1, epoch)) {
      const pixels = image(set, index);
      const scores = softmaxScores(weights, pixels);
      const most = Math.max(...scores);
      const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0);
      for (const [label, row] of weights.entries()) {
        const error = Math.exp(scores[label] - most) / total - (label === set.labels[index] ? 1 : 0);
        const step = (rate / Math.sqrt(1 + epoch)) * error;
        for (let k = 0; k < size; k++) {
          row[k] -= step * (pixels[k] / 255 - 0.32);
        }
        row[size] -= step;
      }
    }
  }
  return weights;
}

function softmaxScores(weights: readonly Float64Array[], pixels: Uint8Array): Float64Array {
  return Float64Array.from(weights, (row) => {
    let score = row[pixels.length];
    for (let k = 0; k < pixels.length; k++) {
      score += row[k] * (pixels[k] / 255 - 0.32);
    }
    return score;
  });
}

describe('the generated set', () => {
  it('is a pure function of its seed, the same on every machine', () => {
    expect(contentHash([train, test])).toBe(
      '832a96710c7576db07a788eb1034883e9144064ea41306f89cef683eaf498d7b',
    );
    expect(contentHash([generateImageSets(2).test])).not.toBe(contentHash([test]));
  });

  it('has 4,000 and 1,000 colour images, as many of each of at least eight classes', () => {
    expect([train.count, test.count]).toEqual([4000, 1000]);
    expect([train.height, train.width, train.channels]).toEqual([32, 32, 3]);
    expect(train.classNames.length).toBeGreaterThanOrEqual(8);
    for (const set of [train, test]) {
      const counts = set.classNames.map((_, label) => set.labels.filter((other) => other === label).length);
      expect(new Set(counts).size).toBe(1);
    }
  });

  it('shares no image between its parts', () => {
    const seen = new Set(Array.from({ length: train.count }, (_, i) => image(train, i).join()));
    expect(seen.size).toBe(train.count);
    expect(Array.from({ length: test.count }, (_, i) => seen.has(image(test, i).join()))).not.toContain(true);
  });

  it('has shapes that are brighter than their ground', () => {
    let brighter = 0;
    for (let i = 0; i < 400; i++) {
      const pixels = Float64Array.from(image(train, i)).sort();
      const darkest = pixels.subarray(0, 300).reduce((sum, pixel) => sum + pixel, 0) / 300;
      const brightest = pixels.subarray(-300).reduce((sum, pixel) => sum + pixel, 0) / 300;
      brighter += brightest - darkest > 60 ? 1 : 0;
    }
    expect(brighter).toBeGreaterThan(390);
  });

  it('says nothing about the class by its mean colour', () => {
    const meanColours = (set: ImageSet): Float64Array[] =>
      classMeans(set).map((mean) => {
        const colour = new Float64Array(3);
        mean.forEach((value, k) => (colour[k % 3] += value / 1024));
        return colour;
      });
    for (const colour of meanColours(train)) {
      expect(Math.max(...colour) - Math.min(...colour)).toBeLessThan(8);
    }
  });

  it('is not solved by the nearest class mean of raw pixels: at most 35 %', () => {
    const means = classMeans(train);
    const found = accuracy((pixels) =>
      Float64Array.from(means, (mean) => -mean.reduce((sum, value, k) => sum + (value - pixels[k]) ** 2, 0)),
    );
    expect(found).toBeLessThanOrEqual(0.35);
    expect(found).toBeGreaterThan(0.125);
  });

  it('is not solved by softmax regression on raw pixels: at most 50 %', () => {
    const weights = fitSoftmax(train, { epochs: 6, rate: 0.003 });
    const found = accuracy((pixels) => softmaxScores(weights, pixels));
    expect(found).toBeLessThanOrEqual(0.5);
    expect(found).toBeGreaterThan(0.25);
  });
});
