/** Cross-entropy and large-margin softmax in closed form against values worked out here and finite differences. */
import { describe, expect, test } from 'vitest';
import { crossEntropyLoss, labelTargets, mixedTargets } from '../../../../src/domain/losses/crossEntropy';
import { largeMarginLoss, marginCurve } from '../../../../src/domain/losses/largeMargin';
import { largestDifference, numericalGradient, randomRows } from './support';

const LABELS = [2, 0, 1, 1];

describe('crossEntropyLoss', () => {
  const logits = randomRows(1, [4, 3], 'free');
  const mix = { labels: LABELS, partnerLabels: [0, 0, 2, 1], ownShare: [0.7, 0.4, 0.9, 0.2] };

  test('is minus the logarithm of the label softmax', () => {
    const { perRow } = crossEntropyLoss([1, 2, 3], labelTargets([1], 3), 3);
    expect(perRow[0]).toBeCloseTo(Math.log(Math.E + Math.E ** 2 + Math.E ** 3) - 2, 12);
  });

  test('smooths a label over all classes, its own included', () => {
    expect(largestDifference(labelTargets([1], 4, 0.1), [0.025, 0.925, 0.025, 0.025])).toBeLessThan(1e-15);
  });

  test('of mixed labels is the mixture of two losses', () => {
    const [own, partner] = [mix.labels, mix.partnerLabels].map((labels) =>
      crossEntropyLoss(logits, labelTargets(labels, 3, 0.1), 3),
    );
    const mixed = crossEntropyLoss(logits, mixedTargets(mix, 3, 0.1), 3);
    const expected = mix.ownShare.map((share, i) => share * own.perRow[i] + (1 - share) * partner.perRow[i]);
    expect(largestDifference(mixed.perRow, expected)).toBeLessThan(1e-12);
  });

  test.each([labelTargets(LABELS, 3), labelTargets(LABELS, 3, 0.2), mixedTargets(mix, 3)])(
    'has the gradient of finite differences, targets %#',
    (targets) => {
      const { gradient } = crossEntropyLoss(logits, targets, 3);
      const numerical = numericalGradient((x) => crossEntropyLoss(x, targets, 3).value, logits);
      expect(largestDifference(gradient, numerical)).toBeLessThan(1e-8);
    },
  );
});

describe('largeMarginLoss', () => {
  test.each([1, 2, 3, 4])('psi of margin %d is (-1)^k cos(m theta) - 2k, and falls all the way', (margin) => {
    let before = Infinity;
    for (let degrees = 1; degrees < 180; degrees++) {
      const theta = (degrees * Math.PI) / 180;
      const k = Math.floor((theta * margin) / Math.PI);
      const { psi } = marginCurve(Math.cos(theta), margin);
      expect(psi).toBeCloseTo((-1) ** k * Math.cos(margin * theta) - 2 * k, 9);
      expect(psi).toBeLessThan(before);
      before = psi;
    }
  });

  const features = randomRows(2, [4, 5], 'free');
  const kernel = randomRows(3, [5, 3], 'free');
  const lossOf = (margin: number, x: ArrayLike<number> = features, w: ArrayLike<number> = kernel) =>
    largeMarginLoss({ features: x, kernel: w, labels: LABELS, classes: 3, margin });

  test('with margin 1 is cross-entropy', () => {
    const logits = Array.from({ length: 12 }, (_, at) =>
      [0, 1, 2, 3, 4].reduce(
        (sum, f) => sum + features[Math.floor(at / 3) * 5 + f] * kernel[f * 3 + (at % 3)],
        0,
      ),
    );
    const plain = crossEntropyLoss(logits, labelTargets(LABELS, 3), 3);
    expect(lossOf(1).value).toBeCloseTo(plain.value, 12);
    expect(lossOf(2).value).toBeGreaterThan(plain.value);
  });

  test.each([1, 2, 3, 4])('has the gradients of finite differences, margin %d', (margin) => {
    const { featureGradient, kernelGradient } = lossOf(margin);
    const byFeatures = numericalGradient((x) => lossOf(margin, x).value, features);
    const byKernel = numericalGradient((w) => lossOf(margin, features, w).value, kernel);
    expect(largestDifference(featureGradient, byFeatures)).toBeLessThan(1e-7);
    expect(largestDifference(kernelGradient, byKernel)).toBeLessThan(1e-7);
  });
});
