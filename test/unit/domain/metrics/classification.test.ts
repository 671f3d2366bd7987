/** Accuracy within k, confusion, calibration and its repair, against scikit-learn's values and closed forms. */
import { describe, expect, test } from 'vitest';
import { topK } from '../../../../src/domain/metrics/accuracy';
import { CALIBRATION_BINS, reliabilityDiagram } from '../../../../src/domain/metrics/calibration';
import { confusionMatrix, perClassAccuracy } from '../../../../src/domain/metrics/confusion';
import { meanCorruptionError, relativeCorruptionError } from '../../../../src/domain/metrics/corruption';
import {
  fitTemperature,
  negativeLogLikelihood,
  softmaxRows,
} from '../../../../src/domain/metrics/temperatureScaling';

// Scores of five samples for four classes.
const SCORES = [
  [0.5, 0.2, 0.2, 0.1],
  [0.3, 0.4, 0.2, 0.1],
  [0.2, 0.4, 0.3, 0.1],
  [0.1, 0.2, 0.3, 0.4],
  [0.6, 0.05, 0.2, 0.15],
].flat();
const LABELS = [0, 2, 2, 0, 1];

test('topK equals top_k_accuracy_score', () => {
  // scikit-learn 1.9: 0.2, 0.4, 0.6 for k = 1, 2, 3.
  expect([1, 2, 3, 4].map((k) => topK(SCORES, LABELS, { classes: 4, k }))).toEqual([0.2, 0.4, 0.6, 1]);
});

test("confusionMatrix equals scikit-learn's, and recall is its diagonal over its row sum", () => {
  const counts = confusionMatrix(SCORES, LABELS, 4);
  expect(Array.from(counts)).toEqual([1, 0, 0, 1, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]);
  expect(perClassAccuracy(counts, 4)).toEqual([0.5, 0, 0, Number.NaN]);
});

test('reliabilityDiagram puts samples into the bin of their confidence', () => {
  const probabilities = Float64Array.of(0.9, 0.1, 0.92, 0.08, 0.45, 0.55, 1, 0);
  const bins = reliabilityDiagram(probabilities, [0, 1, 1, 0], 2);
  expect(bins).toHaveLength(CALIBRATION_BINS);
  // 0.9 and 0.92 lie in [13/15, 14/15): one of two is right. 0.55 in [8/15, 9/15); 1 in the last bin.
  expect(bins[13].count).toBe(2);
  expect(bins[13].accuracy).toBe(0.5);
  expect(bins[13].confidence).toBeCloseTo(0.91, 12);
  expect(bins[8]).toMatchObject({ count: 1, accuracy: 1 });
  expect(bins[14]).toEqual({ count: 1, accuracy: 1, confidence: 1 });
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(4);
});

describe('fitTemperature', () => {
  const logits = [4, 1, 0, 3, 0, 1, 0, 5, 1, 2, 6, 1, 1, 0, 3, 0, 2, 4, 5, 1, 1, 1, 4, 3];
  const labels = [0, 0, 1, 0, 2, 1, 0, 1];

  test('finds the minimum that scipy finds', () => {
    // scipy.optimize.minimize_scalar over 1/T: T = 1.85140582, mean 0.73344714; at T = 1 it is 0.87287323.
    const temperature = fitTemperature(logits, labels, 3);
    expect(temperature).toBeCloseTo(1.85140582, 6);
    const likelihood = (t: number) => negativeLogLikelihood(softmaxRows(logits, 3, t), labels, 3);
    expect(likelihood(temperature)).toBeCloseTo(0.73344714, 6);
    expect(likelihood(1)).toBeCloseTo(0.87287323, 6);
  });

  test('undoes a factor on calibrated logits exactly', () => {
    // Three of four are right at logits (ln 3, 0): calibrated. Four times as large, T is 4.
    const calibrated = [1, 1, 1, 1].flatMap(() => [4 * Math.log(3), 0]);
    expect(fitTemperature(calibrated, [0, 0, 0, 1], 2)).toBeCloseTo(4, 8);
  });

  test('stays within bounds where every answer is right', () => {
    expect(fitTemperature([1, 0, 0, 1], [0, 1], 2)).toBe(0.01);
  });
});

test('softmaxRows survives large logits', () => {
  expect(Array.from(softmaxRows(Float32Array.of(1000, 0, 3, 3), 2))).toEqual([1, 0, 0.5, 0.5]);
});

describe('corruption errors', () => {
  const reference = { clean: 0.2, corrupted: { noise: [0.4, 0.6], blur: [0.3, 0.5] } };
  const measured = { clean: 0.1, corrupted: { noise: [0.2, 0.3], blur: [0.3, 0.3] } };

  test('mCE is the mean over corruptions of ratios of sums', () => {
    // noise 0.5 / 1.0, blur 0.6 / 0.8: (0.5 + 0.75) / 2.
    expect(meanCorruptionError(measured, reference)).toBeCloseTo(0.625, 12);
    expect(meanCorruptionError(reference, reference)).toBeCloseTo(1, 12);
  });

  test('relative mCE takes the clean error from each', () => {
    // noise (0.1 + 0.2) / (0.2 + 0.4), blur (0.2 + 0.2) / (0.1 + 0.3): (0.5 + 1) / 2.
    expect(relativeCorruptionError(measured, reference)).toBeCloseTo(0.75, 12);
  });

  test('refuses a reference that was measured otherwise', () => {
    const other = { clean: 0.2, corrupted: { noise: [0.4, 0.6] } };
    expect(() => meanCorruptionError(measured, other)).toThrow('blur');
  });
});
