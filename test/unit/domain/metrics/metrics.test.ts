/** Accuracy, calibration and neighbour votes on cases small enough to work out by hand. */
import { describe, expect, test } from 'vitest';
import { top1 } from '../../../../src/domain/metrics/accuracy';
import { expectedCalibrationError } from '../../../../src/domain/metrics/calibration';
import {
  classMeans,
  knnVote,
  nearestClassMeanAccuracy,
  normaliseRows,
} from '../../../../src/domain/metrics/neighbours';

describe('expectedCalibrationError', () => {
  test('is zero when confidence equals accuracy in every bin', () => {
    const probabilities = Float64Array.from([0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25]);
    expect(expectedCalibrationError(probabilities, [0, 0, 0, 1], 2)).toBeCloseTo(0, 12);
  });

  test('is the gap when confidence exceeds accuracy', () => {
    expect(expectedCalibrationError(Float64Array.from([1, 0, 1, 0]), [0, 1], 2)).toBeCloseTo(0.5, 12);
  });

  test('weighs bins by their size', () => {
    const probabilities = Float64Array.from([0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.55, 0.45]);
    const expected = (3 * Math.abs(2 / 3 - 0.9) + Math.abs(1 - 0.55)) / 4;
    expect(expectedCalibrationError(probabilities, [0, 0, 1, 0], 2)).toBeCloseTo(expected, 12);
  });
});

test('top1 counts rows whose largest score is at the label', () => {
  expect(top1([0, 1, 2, 5, 1, 2, 0, 0, 1], [2, 0, 1], 3)).toBeCloseTo(2 / 3, 12);
});

describe('knnVote', () => {
  const vote = { classes: 3, neighbours: 3, temperature: 0.1 };

  test('takes the majority of the k most similar', () => {
    const similarities = Float32Array.from([0.1, 0.9, 0.88, 0.89, 0.2]);
    expect(knnVote(similarities, [2, 0, 1, 1, 2], vote)).toBe(1);
  });

  test('weighs a much closer neighbour above two far ones', () => {
    expect(knnVote(Float32Array.from([0.99, 0.2, 0.2]), [0, 1, 1], vote)).toBe(0);
  });

  test('uses the whole bank when k is larger', () => {
    expect(knnVote(Float32Array.from([0.5, 0.5]), [2, 2], { ...vote, neighbours: 20 })).toBe(2);
  });
});

test('nearestClassMeanAccuracy compares with normalised means', () => {
  const bank = { features: Float32Array.from([1, 0, 0.8, 0.6, 0, 1]), labels: [0, 0, 1], dimensions: 2 };
  const queries = {
    features: normaliseRows(Float32Array.from([3, 1, 1, 5]), 2),
    labels: [0, 1],
    dimensions: 2,
  };
  expect(nearestClassMeanAccuracy(bank, queries, 2)).toBe(1);
  expect(Math.hypot(...classMeans(bank, 2).subarray(0, 2))).toBeCloseTo(1, 6);
});
