/** N-pairs as tensors, as arXiv 2004.11362 writes it and as Sohn defined it; formulas in domain/losses/nPairs.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { SUPCON_FORM } from '../../domain/losses/rowForms';
import type { ContrastiveTerms } from './contrastive';
import { contrastiveLoss } from './contrastive';
import { labelPairs, onePairAClass } from './pairs';

/**
 * Temperature 1, one positive of the same class, all views of other classes in the denominator.
 * @param embeddings [M, d], L2-normalised, one view an image
 * @param labels [M], int32
 */
export function nPairsLoss(embeddings: Tensor2D, labels: Tensor1D, chunk: number): ContrastiveTerms {
  const pairs = labelPairs(labels, { images: embeddings.shape[0], views: 1, anchors: 'all', chunk }, 1);
  return contrastiveLoss(embeddings, pairs, { ...SUPCON_FORM, temperature: 1, chunk });
}

/**
 * One pair a class; rows that are no anchor count as anchors without positives.
 * @param embeddings [M, d], of any length
 * @param labels [M], int32
 */
export function sohnNPairsLoss(embeddings: Tensor2D, labels: Tensor1D, chunk: number): ContrastiveTerms {
  const form = { sum: 'out', denominator: 'one-positive' } as const;
  return contrastiveLoss(embeddings, onePairAClass(labels, chunk), { ...form, temperature: 1, chunk });
}

/** Mean over views of ||f||^2. */
export function meanSquaredLength(embeddings: Tensor2D): Scalar {
  return tf.mean(tf.sum(tf.square(embeddings), 1));
}
