/** Ranking, retrieval, clustering and its agreement with classes, by hand and against scikit-learn. */
import { describe, expect, test } from 'vitest';
import { kMeans } from '../../../../src/domain/metrics/kMeans';
import { normalisedMutualInformation } from '../../../../src/domain/metrics/mutualInformation';
import { rankedPlaces } from '../../../../src/domain/metrics/ranking';
import { meanScores, scoreQuery } from '../../../../src/domain/metrics/retrieval';
import { randomStream } from '../../../../src/domain/random/stream';

describe('rankedPlaces', () => {
  test('equals a whole sort, ties in the order of places', () => {
    const random = randomStream(3);
    // Few different values, so there are many ties.
    const values = Float32Array.from({ length: 200 }, () => random.integer(15));
    const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
    for (const k of [1, 7, 60, 200, 500]) expect(rankedPlaces(values, k)).toEqual(order.slice(0, k));
    const without = order.filter((place) => place !== order[0]);
    expect(rankedPlaces(values, 30, order[0])).toEqual(without.slice(0, 30));
    expect(rankedPlaces(values, 500, order[0])).toEqual(without);
  });

  test('gives nothing where there is nothing to rank', () => {
    expect(rankedPlaces(Float32Array.of(1), 3, 0)).toEqual([]);
  });
});

describe('scoreQuery', () => {
  test('scores the first R of a ranking', () => {
    // Query 0 of class 0; the others by similarity are of the classes 0 1 0 0 1, so R = 3 and the first three
    // are right, wrong, right. P@1 = 1; R-precision = 2/3; MAP@R = (1/1 + 0 + 2/3) / 3 = 5/9.
    const scores = scoreQuery(Float32Array.of(1, 0.9, 0.8, 0.7, 0.6, 0.5), [0, 0, 1, 0, 0, 1], 0);
    expect(scores?.precisionAt1).toBe(1);
    expect(scores?.rPrecision).toBeCloseTo(2 / 3, 12);
    expect(scores?.mapAtR).toBeCloseTo(5 / 9, 12);
  });

  test('punishes a right answer that comes late, as the example of the paper does', () => {
    // R = 2, wrong then right: P@1 0, R-precision 1/2, MAP@R (0 + 1/2) / 2.
    const scores = scoreQuery(Float32Array.of(0.9, 0, 0.8, 0.1), [1, 0, 0, 0], 1);
    expect(scores).toEqual({ precisionAt1: 0, rPrecision: 0.5, mapAtR: 0.25 });
  });

  test('has nothing to say of the only sample of a class; the mean is over the rest', () => {
    expect(scoreQuery(Float32Array.of(1, 0), [0, 1], 0)).toBeUndefined();
    const one = { precisionAt1: 1, rPrecision: 0.5, mapAtR: 0.25 };
    const other = { precisionAt1: 0, rPrecision: 0, mapAtR: 0.75 };
    expect(meanScores([one, other])).toEqual({ precisionAt1: 0.5, rPrecision: 0.25, mapAtR: 0.5 });
  });
});

describe('normalisedMutualInformation', () => {
  test('equals normalized_mutual_info_score with its default, the arithmetic mean', () => {
    // scikit-learn 1.9: 0.6180656462921543.
    const value = normalisedMutualInformation([0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [0, 0, 1, 1, 1, 1, 2, 2, 0, 2]);
    expect(value).toBeCloseTo(0.6180656462921543, 12);
  });

  test('is 1 for the same groups by other names, 0 for independent ones', () => {
    expect(normalisedMutualInformation([0, 0, 1, 1, 2], [7, 7, 3, 3, 5])).toBeCloseTo(1, 12);
    expect(normalisedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(0, 12);
    expect(normalisedMutualInformation([0, 0], [4, 4])).toBe(1);
  });
});

describe('kMeans', () => {
  const setting = { clusters: 3, restarts: 3, iterations: 50, seed: 1 };

  test('finds well separated groups, and their sum of squares', () => {
    const random = randomStream(9);
    const labels = Array.from({ length: 90 }, (_, i) => i % 3);
    const rows = Float32Array.from(
      { length: 180 },
      (_, i) => 20 * (labels[i >> 1] === (i & 1) ? 1 : 0) + random.normal(),
    );
    const { assignment, inertia } = kMeans(rows, 2, setting);
    expect(normalisedMutualInformation(assignment, labels)).toBe(1);
    let squares = 0;
    for (let c = 0; c < 3; c++) {
      for (const axis of [0, 1]) {
        const own = labels.flatMap((label, i) => (label === c ? [rows[2 * i + axis]] : []));
        const mean = own.reduce((a, b) => a + b) / own.length;
        squares += own.reduce((sum, x) => sum + (x - mean) ** 2, 0);
      }
    }
    expect(inertia).toBeCloseTo(squares, 3);
  });

  test('is a pure function of the seed', () => {
    const random = randomStream(2);
    const rows = Float32Array.from({ length: 200 }, () => random.normal());
    expect(kMeans(rows, 4, setting)).toEqual(kMeans(rows, 4, setting));
  });

  test('keeps every cluster in use where rows repeat', () => {
    const rows = Float32Array.of(0, 0, 0, 0, 5, 9);
    const { assignment, inertia } = kMeans(rows, 1, setting);
    expect(new Set(assignment).size).toBe(3);
    expect(inertia).toBe(0);
  });
});
