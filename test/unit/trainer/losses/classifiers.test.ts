/** Cross-entropy with smoothed and mixed labels, and large-margin softmax, as tensors against their closed forms. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  crossEntropyLoss,
  labelTargets,
  mixedTargets,
  softTargets,
} from '../../../../src/domain/losses/crossEntropy';
import { largeMarginLoss as closedMargin } from '../../../../src/domain/losses/largeMargin';
import type { Program } from '../../../../src/engine/engine';
import { crossEntropy } from '../../../../src/trainer/losses/crossEntropy';
import { largeMarginLoss } from '../../../../src/trainer/losses/largeMargin';
import { largestDifference, randomRows } from '../../domain/losses/support';
import { runOnce } from '../../engine/support';

const [ROWS, CLASSES, WIDTH] = [5, 4, 6];
const LABELS = Int32Array.of(2, 0, 1, 3, 1);
const MIX = {
  labels: LABELS,
  partnerLabels: Int32Array.of(2, 1, 0, 0, 3),
  ownShare: Float32Array.of(0.7, 0.25, 1, 0, 0.5),
};
/** Several labels a row, soft ones, and one label alone. */
const WEIGHTS = Float32Array.of(
  ...[0, 1, 1, 0],
  ...[0.5, 0, 0.25, 0.25],
  ...[0, 1, 0, 0],
  ...[1, 1, 1, 1],
  ...[0, 0.2, 0, 0],
);
const LOGITS = Float32Array.from(randomRows(1, [ROWS, CLASSES], 'free'));

/** Loss, accuracy and gradient by the logits. */
function classifierProgram(smoothing: number, targets: 'single' | 'mixed' | 'several'): Program {
  return {
    inputs: {
      logits: { shape: [ROWS, CLASSES], dtype: 'float32' },
      labels: { shape: [ROWS], dtype: 'int32' },
      partnerLabels: { shape: [ROWS], dtype: 'int32' },
      ownShare: { shape: [ROWS], dtype: 'float32' },
      weights: { shape: [ROWS, CLASSES], dtype: 'float32' },
    },
    build({ logits, labels, partnerLabels, ownShare, weights }) {
      const mix = { partnerLabels: partnerLabels as Tensor1D, ownShare: ownShare as Tensor1D };
      const labelWeights = targets === 'several' ? (weights as Tensor2D) : undefined;
      const setting = { smoothing, mix: targets === 'mixed' ? mix : undefined, labelWeights };
      const terms = (x: tf.Tensor) => crossEntropy(x as Tensor2D, labels as Tensor1D, setting);
      const gradient = tf.grad((x) => terms(x).loss)(logits);
      return { outputs: { ...terms(logits), gradient } };
    },
  };
}

describe.each(['eager', 'onnx'] as const)('on %s', (engine) => {
  test.each([
    [0, 'single'],
    [0.1, 'single'],
    [0, 'mixed'],
    [0.1, 'mixed'],
    [0, 'several'],
    [0.1, 'several'],
  ] as const)('cross-entropy with smoothing %d and %s labels is the closed form', async (smoothing, kind) => {
    const targets = {
      single: labelTargets(LABELS, CLASSES, smoothing),
      mixed: mixedTargets(MIX, CLASSES, smoothing),
      several: softTargets(WEIGHTS, CLASSES, smoothing),
    }[kind];
    const expected = crossEntropyLoss(LOGITS, targets, CLASSES);
    const program = classifierProgram(smoothing, kind);
    const { loss, gradient } = await runOnce(engine, program, { logits: LOGITS, weights: WEIGHTS, ...MIX });
    expect(loss[0]).toBeCloseTo(expected.value, 5);
    expect(largestDifference(gradient, expected.gradient)).toBeLessThan(1e-6);
  });

  test('accuracy of a mixed row is the share of the label that is on top', async () => {
    const logits = Float32Array.from({ length: ROWS * CLASSES }, (_, at) =>
      [2, 1, 3, 0, 1][Math.floor(at / CLASSES)] === at % CLASSES ? 1 : 0,
    );
    const { accuracy } = await runOnce(engine, classifierProgram(0, 'mixed'), {
      logits,
      weights: WEIGHTS,
      ...MIX,
    });
    // Row 0: both labels, 1. Row 1: the partner, 0.75. Row 2: neither. Row 3: the partner, 1. Row 4: its own, 0.5.
    expect(accuracy[0]).toBeCloseTo((1 + 0.75 + 0 + 1 + 0.5) / 5, 6);
  });

  test.each([1, 2, 3, 4])('large-margin softmax of margin %d is the closed form', async (margin) => {
    const features = Float32Array.from(randomRows(2, [ROWS, WIDTH], 'free'));
    const kernel = Float32Array.from(randomRows(3, [WIDTH, CLASSES], 'free'));
    const program: Program = {
      inputs: {
        features: { shape: [ROWS, WIDTH], dtype: 'float32' },
        kernel: { shape: [WIDTH, CLASSES], dtype: 'float32' },
        labels: { shape: [ROWS], dtype: 'int32' },
      },
      build(inputs) {
        const lossOf = (x: tf.Tensor, w: tf.Tensor) =>
          largeMarginLoss(x as Tensor2D, inputs['labels'] as Tensor1D, { kernel: w as Tensor2D, margin })
            .loss;
        const [byFeatures, byKernel] = tf.grads(lossOf)([inputs['features'], inputs['kernel']]);
        return { outputs: { loss: lossOf(inputs['features'], inputs['kernel']), byFeatures, byKernel } };
      },
    };
    const expected = closedMargin({ features, kernel, labels: LABELS, classes: CLASSES, margin });
    const { loss, byFeatures, byKernel } = await runOnce(engine, program, {
      features,
      kernel,
      labels: LABELS,
    });
    expect(loss[0]).toBeCloseTo(expected.value, 5);
    expect(largestDifference(byFeatures, expected.featureGradient)).toBeLessThan(1e-5);
    expect(largestDifference(byKernel, expected.kernelGradient)).toBeLessThan(1e-5);
  });
});
