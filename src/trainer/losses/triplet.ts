/**
 * Triplet loss with semi-hard mining as tensors (FaceNet, arXiv 1503.03832); the choice of negatives is explained
 * in domain/losses/triplet.ts. Mining compares every pair with every third view, [rows, M, M], so rows go in
 * chunks; its result is the gradient by the distances, because a choice has none of its own.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { ContrastiveTerms } from './contrastive';
import { countPairs } from './contrastive';
import type { PairRows } from './pairs';
import { labelPairs } from './pairs';
import { productsOf, rowRanges, sumOfAll, sumOverRanges } from './rowRanges';

export interface TripletSetting {
  readonly margin: number;
  /** Anchors at a time; 0 chooses for about 16 MB a tensor. */
  readonly chunk: number;
}

/** Elements of the largest tensors when the chunk is chosen here. */
const LARGEST_TENSOR = 2 ** 22;
/** Farther than any squared distance of unit vectors, which is at most 4. */
const OUT_OF_REACH = 1e9;

/**
 * The mean over pairs of equal label whose anchor has a negative; 0 where there is none.
 * @param embeddings [M, d], L2-normalised
 * @param labels [M], int32
 */
export function tripletLoss(
  embeddings: Tensor2D,
  labels: Tensor1D,
  { margin, chunk }: TripletSetting,
): ContrastiveTerms {
  const count = embeddings.shape[0];
  const size = chunk === 0 ? Math.max(1, Math.floor(LARGEST_TENSOR / count ** 2)) : chunk;
  const ranges = rowRanges(count, size);
  const pairs = labelPairs(labels, { images: count, views: 1, anchors: 'all', chunk: size });
  const sum = sumOverRanges(embeddings, ranges, (z, range) => {
    const distances: Tensor2D = tf.sub(2, tf.mul(productsOf(z, range), 2));
    return hingeSum(distances, pairs.rows(range), margin);
  });
  const total = sumOfAll(ranges.map((range) => tf.sum(pairsWithNegative(pairs.rows(range)))));
  return { loss: tf.div(sum, tf.maximum(total, 1)), ...countPairs(pairs, ranges) };
}

/** The sum of max(0, d_ap - d_an + margin) over pairs of some anchors, from their distances [rows, M]. */
function hingeSum(distances: Tensor2D, rows: PairRows, margin: number): Scalar {
  return tf.customGrad((d, save) => {
    const { negative, distance } = mined(d as Tensor2D, rows.negatives);
    const hinge = tf.add(tf.sub(d as Tensor2D, distance), margin);
    const isActive = tf.mul(tf.cast(tf.greater(hinge, 0), 'float32'), pairsWithNegative(rows));
    const chosen = tf.cast(tf.oneHot(negative, distances.shape[1]), 'float32');
    const slopes = tf.sub(isActive, tf.sum(tf.mul(chosen, tf.expandDims(isActive, 2)), 1));
    // The types of TensorFlow.js know a last argument that saves, but not its name.
    (save as tf.GradSaveFunc)([slopes]);
    // A product, where relu would turn an embedding that is not a number into no loss.
    const value: Scalar = tf.sum(tf.mul(hinge, isActive));
    return { value, gradFunc: (dy: Tensor, [saved]: Tensor[]) => tf.mul(dy, saved) };
  })(distances);
}

/** For each pair of an anchor, [rows, M]: its negative, and how far that is. Ties go to the first. */
function mined(distances: Tensor2D, negatives: Tensor2D): { negative: Tensor2D; distance: Tensor2D } {
  const isNegative = tf.greater(negatives, 0);
  const [ofPositive, ofNegative] = [tf.expandDims(distances, 2), tf.expandDims(distances, 1)];
  const isFarther = tf.logicalAnd(tf.greater(ofNegative, ofPositive), tf.expandDims(isNegative, 1));
  const farther = tf.where(isFarther, ofNegative, tf.fill(isFarther.shape, OUT_OF_REACH));
  const nearest = tf.min<Tensor2D>(farther, 2);
  const all = tf.where(isNegative, distances, tf.fill(distances.shape, -OUT_OF_REACH));
  const isMined = tf.less(nearest, OUT_OF_REACH);
  const spread = (column: Tensor): Tensor2D => tf.mul(column, tf.onesLike(distances));
  const indexOfNearest: Tensor2D = tf.cast(tf.argMin(farther, 2), 'float32');
  const indexOfFarthest = spread(tf.cast(tf.expandDims(tf.argMax(all, 1), 1), 'float32'));
  return {
    distance: tf.where(isMined, nearest, spread(tf.max(all, 1, true))),
    negative: tf.cast(tf.where(isMined, indexOfNearest, indexOfFarthest), 'int32'),
  };
}

/** 1 for each pair whose anchor also has a negative, [rows, M]. */
function pairsWithNegative({ positives, negatives }: PairRows): Tensor2D {
  return tf.mul(positives, tf.cast(tf.greater(tf.sum(negatives, 1, true), 0), 'float32'));
}
