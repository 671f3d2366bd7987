/** Masks of pairs worked out by hand, and the counts that stand for them. */
import { describe, expect, test } from 'vitest';
import {
  OVERLAPS,
  jaccardWeights,
  overlapWeights,
  weightsOfViews,
} from '../../../../src/domain/losses/labelWeights';
import {
  classPairCounts,
  imagePairCounts,
  labelPairCounts,
  weightPairCounts,
} from '../../../../src/domain/losses/pairCounts';
import type { PairMasks } from '../../../../src/domain/losses/pairs';
import { imagePairs, labelPairs, onePairAClass, weightPairs } from '../../../../src/domain/losses/pairs';
import { contrastiveLoss } from '../../../../src/domain/losses/contrastive';
import { FORMS, largestDifference, numericalGradient, randomRows } from './support';

const ALL = { views: 2, anchors: 'all' } as const;
/** Four images, classes 0, 1, 0, 0; two views. */
const LABELS = [0, 1, 0, 0, 0, 1, 0, 0];

function row(matrix: Float64Array, { views }: PairMasks, anchor: number): number[] {
  return Array.from(matrix.subarray(anchor * views, (anchor + 1) * views));
}

function rowSums(matrix: Float64Array, masks: PairMasks): number[] {
  return Array.from({ length: masks.anchors }, (_, i) => row(matrix, masks, i).reduce((a, b) => a + b));
}

describe('labelPairs', () => {
  test('makes the class positive and the rest negative, the anchor neither', () => {
    const pairs = labelPairs(LABELS, ALL);
    expect(row(pairs.positives, pairs, 2)).toEqual([1, 0, 0, 1, 1, 0, 1, 1]);
    expect(row(pairs.negatives, pairs, 2)).toEqual([0, 1, 0, 0, 0, 1, 0, 0]);
  });

  test('keeps own views and then the first images of the class under a cap', () => {
    const pairs = labelPairs(LABELS, ALL, 3);
    // Image 2 keeps its other view (row 6) and image 0 (rows 0 and 4); image 3 is neither positive nor negative.
    expect(row(pairs.positives, pairs, 2)).toEqual([1, 0, 0, 0, 1, 0, 1, 0]);
    expect(row(pairs.negatives, pairs, 2)).toEqual([0, 1, 0, 0, 0, 1, 0, 0]);
    // Image 0 cannot be its own neighbour: the first other image of its class is image 2.
    expect(row(pairs.positives, pairs, 0)).toEqual([0, 0, 1, 0, 1, 0, 1, 0]);
  });

  test('has first views alone as anchors on request, against all views', () => {
    const pairs = labelPairs(LABELS, { views: 2, anchors: 'first' });
    expect(pairs.anchors).toBe(4);
    expect(row(pairs.positives, pairs, 1)).toEqual([0, 0, 0, 0, 0, 1, 0, 0]);
  });
});

test('onePairAClass takes the first two of each class that has two', () => {
  const pairs = onePairAClass([0, 1, 2, 1, 0, 0]);
  expect(row(pairs.positives, pairs, 0)).toEqual([0, 0, 0, 0, 1, 0]);
  expect(row(pairs.negatives, pairs, 0)).toEqual([0, 0, 0, 1, 0, 0]);
  expect(rowSums(pairs.positives, pairs)).toEqual([1, 1, 0, 0, 0, 0]);
});

describe('counts are the row sums of the masks', () => {
  const cases: [string, PairMasks, { positives: ArrayLike<number>; negatives: ArrayLike<number> }][] = [
    ['labels', labelPairs(LABELS, ALL), labelPairCounts(LABELS, ALL)],
    ['capped', labelPairs(LABELS, ALL, 3), labelPairCounts(LABELS, ALL, 3)],
    [
      'capped, one view',
      labelPairs(LABELS, { ...ALL, views: 1 }, 1),
      labelPairCounts(LABELS, { ...ALL, views: 1 }, 1),
    ],
    [
      'first',
      labelPairs(LABELS, { ...ALL, anchors: 'first' }),
      labelPairCounts(LABELS, { ...ALL, anchors: 'first' }),
    ],
    ['images', imagePairs(8, ALL), imagePairCounts(8, ALL)],
    ['one pair a class', onePairAClass([...LABELS, 7]), classPairCounts([...LABELS, 7])],
  ];
  test.each(cases)('%s', (_, masks, counts) => {
    expect(rowSums(masks.positives, masks)).toEqual(Array.from(counts.positives));
    expect(rowSums(masks.negatives, masks)).toEqual(Array.from(counts.negatives));
  });
});

describe('soft positives', () => {
  /** Labels {0}, {0, 1}, {1, 2}, {2}. */
  const MULTI_HOT = [...[1, 0, 0], ...[1, 1, 0], ...[0, 1, 1], ...[0, 0, 1]];

  test('weigh as shared labels over all labels', () => {
    const weights = jaccardWeights(MULTI_HOT, 3);
    // {0} and {0, 1} share one of two; {0, 1} and {1, 2} one of three; {0} and {2} none.
    expect([weights[1], weights[6], weights[3]]).toEqual([1 / 2, 1 / 3, 0]);
    expect(weights[4]).toBe(weights[1]);
  });

  test('are equality of labels for views of one label, however they are compared', () => {
    const oneHot = LABELS.flatMap((label) => [label === 0 ? 1 : 0, label === 1 ? 1 : 0]);
    for (const overlap of OVERLAPS)
      expect(weightPairs(overlapWeights(oneHot, 2, overlap), 8, ALL)).toEqual(labelPairs(LABELS, ALL));
    const ofImages = jaccardWeights(oneHot.slice(0, oneHot.length / ALL.views), 2);
    expect(weightsOfViews(ofImages, 4, ALL.views)).toEqual(jaccardWeights(oneHot, 2));
  });

  test('of soft labels compare smaller with larger weights, directions, or whether anything is shared', () => {
    const rows = [...[0.5, 0.5, 0], ...[0.25, 0, 1], ...[0, 0, 0.3]];
    // Of the first two: min 0.25, max 0.5 + 0.5 + 1; a.b = 0.125, |a|^2 = 0.5, |b|^2 = 1.0625.
    expect(overlapWeights(rows, 3, 'jaccard')[1]).toBeCloseTo(0.25 / 2, 15);
    expect(overlapWeights(rows, 3, 'cosine')[1]).toBeCloseTo(0.125 / Math.sqrt(0.5 * 1.0625), 15);
    expect([...overlapWeights(rows, 3, 'any')]).toEqual([1, 1, 0, 1, 1, 1, 0, 1, 1]);
  });

  test('of random rows are symmetric, 1 on the diagonal, from 0 to 1, and as the plain formulas say', () => {
    const [count, classes] = [12, 7];
    const rows = randomRows(8, [count, classes], 'free').map((x) => (x < 0.3 ? 0 : Math.min(1, x)));
    for (let i = 0; i < count; i++) rows[i * classes + (i % classes)] = 0.7;
    const sumOver = (i: number, j: number, term: (a: number, b: number) => number) =>
      Array.from({ length: classes }, (_, c) => term(rows[i * classes + c], rows[j * classes + c])).reduce(
        (sum, value) => sum + value,
        0,
      );
    const dot = (i: number, j: number) => sumOver(i, j, (a, b) => a * b);
    const plain = {
      jaccard: (i: number, j: number) => sumOver(i, j, Math.min) / sumOver(i, j, Math.max),
      cosine: (i: number, j: number) => dot(i, j) / Math.sqrt(dot(i, i) * dot(j, j)),
      any: (i: number, j: number) => (dot(i, j) > 0 ? 1 : 0),
    };
    for (const overlap of OVERLAPS) {
      const weights = overlapWeights(rows, classes, overlap);
      for (let i = 0; i < count; i++) {
        expect(weights[i * count + i]).toBe(1);
        for (let j = 0; j < count; j++) {
          expect(weights[i * count + j]).toBe(weights[j * count + i]);
          expect(weights[i * count + j]).toBeCloseTo(plain[overlap](i, j), 12);
        }
      }
    }
  });

  test.each(['all', 'first'] as const)('are counted without their matrices: %s anchors', (anchors) => {
    const layout = { views: 2, anchors } as const;
    const ofImages = jaccardWeights(MULTI_HOT, 3);
    const masks = weightPairs(weightsOfViews(ofImages, 4, 2), 8, layout);
    const counts = weightPairCounts(ofImages, 4, layout);
    expect(largestDifference(counts.positives, rowSums(masks.positives, masks))).toBeLessThan(1e-12);
    expect(largestDifference(counts.negatives, rowSums(masks.negatives, masks))).toBeLessThan(1e-12);
  });

  test.each(FORMS)('have the gradient of finite differences: $sum, $denominator', (form) => {
    const pairs = weightPairs(jaccardWeights(MULTI_HOT, 3), 4, { ...ALL, views: 1 });
    const setting = { ...form, temperature: 0.3 };
    const x = randomRows(3, [4, 3]);
    const at = (embeddings: Float64Array) => contrastiveLoss({ embeddings, dimensions: 3 }, pairs, setting);
    const numerical = numericalGradient((z) => at(z).value, x);
    expect(largestDifference(at(x).gradient, numerical)).toBeLessThan(1e-7);
  });

  test('average the logarithms by weight', () => {
    const pairs = weightPairs([0, 1, 0.5, 1, 0, 0, 0.5, 0, 0], 3, { ...ALL, views: 1 });
    const embeddings = randomRows(4, [3, 2]);
    const setting = { sum: 'out', denominator: 'all', temperature: 1 } as const;
    const { perAnchor } = contrastiveLoss({ embeddings, dimensions: 2 }, pairs, setting);
    const s = [1, 2].map((j) => embeddings[0] * embeddings[2 * j] + embeddings[1] * embeddings[2 * j + 1]);
    const logSum = Math.log(Math.exp(s[0]) + Math.exp(s[1]));
    expect(perAnchor[0]).toBeCloseTo(logSum - (1 * s[0] + 0.5 * s[1]) / 1.5, 12);
  });
});
