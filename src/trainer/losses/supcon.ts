/**
 * SupCon as tensors: L_out of arXiv 2004.11362, equation 2, all views as anchors. The self term is masked
 * before the maximum is taken, so that log-sum-exp in fp32 is safe at low temperature; anchors without
 * positives are left out of the mean and counted.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

export interface SupConTerms {
  /** Mean L_out over valid anchors, unscaled. */
  readonly loss: Scalar;
  /** Cosine similarities [M, M]. */
  readonly similarities: Tensor2D;
  /** 1 where two different views share a label, [M, M]. */
  readonly positives: Tensor2D;
  /** 1 off the diagonal, [M, M]. */
  readonly others: Tensor2D;
}

/** Logit given to the self term: exp underflows to zero against any similarity. */
const MASKED_LOGIT = -1e9;

/**
 * @param embeddings [M, d], L2-normalised
 * @param labels [M], int32
 */
export function supConLoss(embeddings: Tensor2D, labels: Tensor1D, temperature: number): SupConTerms {
  const views = embeddings.shape[0];
  const self = tf.eye(views);
  const others: Tensor2D = tf.sub(1, self);
  const similarities: Tensor2D = tf.matMul(embeddings, embeddings, false, true);
  const logits: Tensor2D = tf.div(similarities, temperature);
  const logSum = logSumExp(tf.add(tf.mul(logits, others), tf.mul(self, MASKED_LOGIT)));
  const same = tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32');
  const positives: Tensor2D = tf.mul(same, others);
  const counts = tf.sum(positives, 1);
  const meanPositive = tf.div(tf.sum(tf.mul(logits, positives), 1), tf.maximum(counts, 1));
  const valid = tf.minimum(counts, 1);
  const perAnchor = tf.mul(tf.sub(logSum, meanPositive), valid);
  const loss: Scalar = tf.div(tf.sum(perAnchor), tf.maximum(tf.sum(valid), 1));
  return { loss, similarities, positives, others };
}

function logSumExp(logits: Tensor2D): Tensor1D {
  const maximum = tf.max(logits, 1, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(logits, maximum)), 1)), tf.squeeze(maximum, [1]));
}
