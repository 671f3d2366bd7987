/** Cross-entropy of a classifier, the mean over a batch, with smoothed, mixed and several labels. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

export interface CrossEntropyTerms {
  readonly loss: Scalar;
  /**
   * Share of rows whose largest logit is at the label, the heaviest of several; of mixed rows, the share of the label
   * that it is at.
   */
  readonly accuracy: Scalar;
}

/** The other label of each row, and the share of its own (MixUp, arXiv 1710.09412; CutMix, arXiv 1905.04899). */
export interface LabelMix {
  /** [N], int32. */
  readonly partnerLabels: Tensor1D;
  /** [N], 0 to 1. */
  readonly ownShare: Tensor1D;
}

export interface CrossEntropySetting {
  /** Share of each label that is spread over all classes. */
  readonly smoothing?: number;
  readonly mix?: LabelMix | undefined;
  /** Several labels a row or soft ones, [N, C]: each row's shares of its sum are the target (arXiv 1805.00932). */
  readonly labelWeights?: Tensor2D | undefined;
}

/**
 * -mean log softmax(logits)[label], with lambda and 1 - lambda of two labels where rows are mixed.
 * @param logits [N, C]
 * @param labels [N], int32
 */
export function crossEntropy(
  logits: Tensor2D,
  labels: Tensor1D,
  { smoothing = 0, mix, labelWeights }: CrossEntropySetting = {},
): CrossEntropyTerms {
  const shifted: Tensor2D = tf.sub(logits, tf.max(logits, 1, true));
  const logSum = tf.log(tf.sum(tf.exp(shifted), 1));
  const at = (of: Tensor1D): Tensor1D => tf.sum(tf.mul(shifted, labelMask(of, logits.shape[1])), 1);
  // The largest logit is zero after the shift: the label is right where its own is not below it.
  const isRight = (own: Tensor1D): Tensor1D => tf.cast(tf.greaterEqual(own, 0), 'float32');
  const own = at(labels);
  const partner = mix && at(mix.partnerLabels);
  const blend = (of: (logit: Tensor1D) => Tensor1D): Tensor1D =>
    mix === undefined || partner === undefined
      ? of(own)
      : tf.add(tf.mul(mix.ownShare, of(own)), tf.mul(tf.sub(1, mix.ownShare), of(partner)));
  const target = labelWeights === undefined ? blend((logit) => logit) : weighedLogit(shifted, labelWeights);
  const smoothed =
    smoothing === 0 ? target : tf.add(tf.mul(target, 1 - smoothing), tf.mul(tf.mean(shifted, 1), smoothing));
  return { loss: tf.mean(tf.sub(logSum, smoothed)), accuracy: tf.mean(blend(isRight)) };
}

/** The mean logit of the labels of each row by their weights, [N]. */
function weighedLogit(logits: Tensor2D, weights: Tensor2D): Tensor1D {
  return tf.div(tf.sum(tf.mul(logits, weights), 1), tf.sum(weights, 1));
}

/** 1 at the label of each row, [N, C]. */
export function labelMask(labels: Tensor1D, classes: number): Tensor2D {
  return tf.cast(
    tf.equal(tf.expandDims(labels, 1), tf.expandDims(tf.range(0, classes, 1, 'int32'), 0)),
    'float32',
  );
}
