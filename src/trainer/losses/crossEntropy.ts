/** Cross-entropy of a linear classifier, the mean over a batch. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

export interface CrossEntropyTerms {
  readonly loss: Scalar;
  /** Share of rows whose largest logit is at the label. */
  readonly accuracy: Scalar;
}

/**
 * -mean log softmax(logits)[label].
 * @param logits [N, C]
 * @param labels [N], int32
 */
export function crossEntropy(logits: Tensor2D, labels: Tensor1D): CrossEntropyTerms {
  const classes = logits.shape[1];
  const isLabel: Tensor2D = tf.cast(
    tf.equal(tf.expandDims(labels, 1), tf.expandDims(tf.range(0, classes, 1, 'int32'), 0)),
    'float32',
  );
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const logSum = tf.log(tf.sum(tf.exp(shifted), 1));
  const own = tf.sum(tf.mul(shifted, isLabel), 1);
  const loss: Scalar = tf.mean(tf.sub(logSum, own));
  // The largest logit is zero after the shift: the label is right where its own is not below it.
  const accuracy: Scalar = tf.mean(tf.cast(tf.greaterEqual(own, 0), 'float32'));
  return { loss, accuracy };
}
