/** Large-margin softmax as tensors (arXiv 1612.02295); formulas in domain/losses/largeMargin.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { CrossEntropyTerms } from './crossEntropy';
import { crossEntropy, labelMask } from './crossEntropy';

export interface MarginSetting {
  /** Weights of the classifier without bias, [F, C]. */
  readonly kernel: Tensor2D;
  /** m, 1 to 4. */
  readonly margin: number;
}

/** Keeps the square root of a zero vector differentiable. */
const SMALLEST_SQUARE = 1e-12;

/**
 * Cross-entropy with |w||x| psi(theta) in place of the label's logit. The accuracy is that of the plain logits.
 * @param features [N, F]
 * @param labels [N], int32
 */
export function largeMarginLoss(
  features: Tensor2D,
  labels: Tensor1D,
  { kernel, margin }: MarginSetting,
): CrossEntropyTerms {
  const logits: Tensor2D = tf.matMul(features, kernel);
  const isLabel = labelMask(labels, kernel.shape[1]);
  const ofLabel = (row: Tensor): Tensor1D => tf.sum(tf.mul(row, isLabel), 1);
  const own = ofLabel(logits);
  const lengths = tf.mul(lengthsAlong(features, 1), ofLabel(tf.expandDims(lengthsAlong(kernel, 0), 0)));
  const marginal = tf.mul(lengths, marginCurve(tf.div(own, lengths), margin));
  const raised = tf.mul(isLabel, tf.expandDims(tf.sub(marginal, own), 1));
  const { loss } = crossEntropy(tf.add(logits, raised), labels);
  return { loss, accuracy: crossEntropy(logits, labels).accuracy };
}

/** psi as a function of the cosine: (-1)^k T_m(c) - 2k, where k counts the bends cos(j pi/m) that lie above c. */
function marginCurve(cosine: Tensor1D, margin: number): Tensor1D {
  const bends = Array.from({ length: margin - 1 }, (_, j) => Math.cos(((j + 1) * Math.PI) / margin));
  const isPast = bends.map((bend) => tf.step(tf.sub(bend, cosine)));
  const k = isPast.reduce((sum, past) => tf.add(sum, past), tf.zerosLike(cosine));
  const sign = isPast.reduce(
    (product, past) => tf.mul(product, tf.sub(1, tf.mul(past, 2))),
    tf.onesLike(cosine),
  );
  return tf.sub(tf.mul(sign, chebyshev(cosine, margin)), tf.mul(k, 2));
}

/** cos(m theta) from cos(theta): T_m = 2 c T_(m-1) - T_(m-2). */
function chebyshev(cosine: Tensor1D, degree: number): Tensor1D {
  let [before, value]: [Tensor1D, Tensor1D] = [tf.onesLike(cosine), cosine];
  for (let m = 2; m <= degree; m++)
    [before, value] = [value, tf.sub(tf.mul(tf.mul(cosine, 2), value), before)];
  return value;
}

function lengthsAlong(x: Tensor2D, axis: 0 | 1): Tensor1D {
  return tf.sqrt(tf.add(tf.sum(tf.square(x), axis), SMALLEST_SQUARE));
}
