/** The measures of geometry and collapse, on tables worked out by hand or with numpy's pinv, svd and eigvalsh. */
import { describe, expect, test } from 'vitest';
import { alignment } from '../../../../src/domain/metrics/alignment';
import { classDistanceNormalisedVariance } from '../../../../src/domain/metrics/cdnv';
import { classStatistics } from '../../../../src/domain/metrics/classStatistics';
import { lidar } from '../../../../src/domain/metrics/lidar';
import {
  classifierDistance,
  nearestMeanAgreement,
  simplexDistance,
  withinClassVariability,
} from '../../../../src/domain/metrics/neuralCollapse';
import {
  COSINE_BINS,
  cosineAuc,
  cosineHistogram,
  cosineMargin,
  pairCosines,
} from '../../../../src/domain/metrics/pairCosines';
import { rankMe } from '../../../../src/domain/metrics/rankMe';
import { uniformity } from '../../../../src/domain/metrics/uniformity';

/** Twelve samples in four dimensions, of the classes 0 1 2 0 1 2 ... */
const TABLE = Float32Array.from(
  [
    [1, 0, 5, -1],
    [2, 5, -4, 4],
    [1, 1, 7, 1],
    [9, -5, -2, 1],
    [-3, 9, -2, 4],
    [5, 3, 7, -1],
    [11, -5, -4, -3],
    [-3, 7, 5, -2],
    [3, -1, 1, 2],
    [7, 0, -1, -2],
    [2, 10, -5, -3],
    [-5, 0, 11, -1],
  ].flat(),
);
const LABELS = Int32Array.from({ length: 12 }, (_, i) => i % 3);

/** Unit vectors at the angles 0, 36.87, 90 and 126.87 degrees, two of each class. */
const CIRCLE = {
  features: Float32Array.of(1, 0, 0.8, 0.6, 0, 1, -0.6, 0.8),
  labels: [0, 0, 1, 1],
  dimensions: 2,
};

describe('pairs of cosines', () => {
  const cosines = pairCosines(CIRCLE);

  test('are apart by class', () => {
    expect(Array.from(cosines.sameClass, (s) => s.toFixed(4))).toEqual(['0.8000', '0.8000']);
    expect(Array.from(cosines.otherClass, (s) => s.toFixed(4))).toEqual([
      '0.0000',
      '-0.6000',
      '0.6000',
      '0.0000',
    ]);
    expect(cosines.sameImage).toHaveLength(0);
  });

  test('give the margin', () => {
    expect(cosineMargin(cosines)).toBeCloseTo(0.8, 6);
  });

  test('know views of one image', () => {
    const { sameImage, sameClass, otherClass } = pairCosines({
      ...CIRCLE,
      labels: [0, 0, 0, 1],
      images: [5, 6, 5, 7],
    });
    expect([sameImage.length, sameClass.length, otherClass.length]).toEqual([1, 2, 3]);
    expect(sameImage[0]).toBeCloseTo(0, 6);
  });

  test('alignment is the mean squared distance', () => {
    // |x - y|^2 = 2 - 2 * 0.8 for both pairs of a class.
    expect(alignment(cosines.sameClass)).toBeCloseTo(0.4, 6);
  });

  test('uniformity is the log of the mean potential', () => {
    // numpy: ln mean exp(-2 d^2) over the six pairs.
    expect(uniformity(cosines.sameClass, cosines.otherClass)).toBeCloseTo(-1.6617428751576937, 6);
    // Ten classes collapsed onto a simplex, many samples each: ln(1/10 + 9/10 exp(-4 (1 + 1/9))) = -2.20.
    const own = new Float32Array(1).fill(1);
    const others = new Float32Array(9).fill(-1 / 9);
    expect(uniformity(own, others)).toBeCloseTo(Math.log(0.1 + 0.9 * Math.exp(-40 / 9)), 6);
  });

  test('the area under the curve equals roc_auc_score, ties counting half', () => {
    // scikit-learn 1.9: 0.7083333333333333.
    const auc = cosineAuc({
      sameImage: new Float32Array(0),
      sameClass: Float32Array.of(0.9, 0.5, 0.4),
      otherClass: Float32Array.of(0.5, 0.3, 0.1, 0.6),
    });
    expect(auc).toBeCloseTo(0.7083333333333333, 12);
  });

  test('histograms hold every pair, the ends included', () => {
    const counts = cosineHistogram(Float32Array.of(-1, 1, 0.999, 0.01, 1.0000001));
    expect(counts).toHaveLength(COSINE_BINS);
    expect([counts[0], counts[COSINE_BINS / 2], counts[COSINE_BINS - 1]]).toEqual([1, 1, 3]);
  });
});

describe('effective ranks', () => {
  test("rankMe equals the definition over numpy's singular values", () => {
    expect(rankMe(TABLE, 4)).toBeCloseTo(3.7503445661638253, 9);
  });

  test('rankMe is 1 for one direction and d for d equal ones', () => {
    expect(rankMe(Float32Array.of(1, 2, 2, 4, 3, 6), 2)).toBeCloseTo(1, 4);
    expect(rankMe(Float32Array.of(2, 0, 0, 0, 2, 0, 0, 0, 2), 3)).toBeCloseTo(3, 4);
  });

  test("lidar equals the definition over numpy's inverse square root", () => {
    const images = Array.from({ length: 12 }, (_, i) => Math.floor(i / 3));
    expect(lidar(TABLE, images, 4)).toBeCloseTo(1.3866638240347582, 8);
  });
});

describe('neural collapse', () => {
  const statistics = classStatistics(TABLE, LABELS, 4);

  test('NC1 equals trace(pinv(Sb) Sw) / C by numpy', () => {
    const { nc1, traceRatio } = withinClassVariability(TABLE, LABELS, 4);
    expect(nc1).toBeCloseTo(0.5029636090850679, 10);
    expect(traceRatio).toBeCloseTo(0.791735265064208, 10);
  });

  test('CDNV is the mean over pairs of classes', () => {
    expect(classDistanceNormalisedVariance(statistics)).toBeCloseTo(0.27525489559592375, 10);
    // Classes {0, 2} and {10, 14} on a line: variances 1 and 4, means 1 and 12: 5 / (2 * 121).
    const line = classStatistics(Float32Array.of(0, 2, 10, 14), [0, 0, 1, 1], 1);
    expect(classDistanceNormalisedVariance(line)).toBeCloseTo(5 / 242, 12);
  });

  test("NC2 equals numpy's, and is zero for a regular simplex", () => {
    const { lengthSpread, angleDistance } = simplexDistance(statistics);
    expect(lengthSpread).toBeCloseTo(0.12034890105826453, 10);
    expect(angleDistance).toBeCloseTo(0.39580703713084814, 10);
    const corners = classStatistics(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), [0, 1, 2], 3);
    expect(simplexDistance(corners).angleDistance).toBeCloseTo(0, 10);
    expect(simplexDistance(corners).lengthSpread).toBeCloseTo(0, 10);
  });

  test('NC3 is the distance of normalised matrices', () => {
    const rows = [3, -1, 0, 1, -1, 4, -2, 0, 0, 1, 2, -1];
    expect(classifierDistance(rows, statistics)).toBeCloseTo(0.5906018277773256, 10);
    // Centred means times any factor are the same classifier.
    const line = classStatistics(Float32Array.of(1, 5), [0, 1], 1);
    expect(classifierDistance([-6, 6], line)).toBeCloseTo(0, 12);
    expect(classifierDistance([6, -6], line)).toBeCloseTo(2, 12);
  });

  test('NC4 counts the answers that the nearest mean gives too', () => {
    // numpy: the nearest means of the twelve rows.
    const nearest = [2, 1, 2, 0, 1, 2, 0, 1, 0, 0, 1, 2];
    expect(nearestMeanAgreement(nearest, TABLE, statistics)).toBe(1);
    const three = nearest.map((answer, i) => (i < 3 ? (answer + 1) % 3 : answer));
    expect(nearestMeanAgreement(three, TABLE, statistics)).toBe(0.75);
  });

  test('passes over classes without samples', () => {
    const shifted = classStatistics(
      TABLE,
      LABELS.map((label) => 5 * label),
      4,
    );
    expect(shifted.classes).toEqual([0, 5, 10]);
    expect(shifted.means).toEqual(statistics.means);
  });
});
