/** How the embeddings of a batch lie: mean cosines of three kinds of pairs, and their spread. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { PairRows } from '../losses/pairs';
import { labelPairs } from '../losses/pairs';
import type { RowRange } from '../losses/rowRanges';
import { productsOf, rowRanges, sumOfAll } from '../losses/rowRanges';

export interface GeometryLayout {
  /** N and V. */
  readonly images: number;
  readonly views: number;
  /** Rows of similarities at a time; 0 is all. */
  readonly chunk: number;
}

/**
 * Outputs `cosineSameImage`, `cosineSameClass`, `cosineOtherClass` (not a number where there is no such pair) and
 * `deviation`, the mean over dimensions of the standard deviation. Classes are by label, whatever the loss uses.
 * @param embeddings [M, d], of unit length
 */
export function geometry(
  embeddings: Tensor2D,
  labels: Tensor1D,
  layout: GeometryLayout,
): Record<string, Tensor> {
  const ranges = rowRanges(embeddings.shape[0], layout.chunk);
  const pairs = labelPairs(labels, { ...layout, anchors: 'all' });
  const meanOf = (maskOf: (rows: PairRows, image: Tensor2D) => Tensor2D) =>
    meanWhere(embeddings, ranges, (range) => maskOf(pairs.rows(range), pairs.places.sameImage(range)));
  const centred = tf.sub(embeddings, tf.mean(embeddings, 0, true));
  return {
    cosineSameImage: meanOf((_, image) => image),
    cosineSameClass: meanOf(({ positives }, image) => tf.sub(positives, image)),
    cosineOtherClass: meanOf(({ negatives }) => negatives),
    deviation: tf.mean(tf.sqrt(tf.mean(tf.square(centred), 0))),
  };
}

/** Mean similarity where the mask is 1; 0 / 0, not a number, where it is nowhere 1. */
function meanWhere(
  embeddings: Tensor2D,
  ranges: readonly RowRange[],
  maskOf: (range: RowRange) => Tensor2D,
): Tensor {
  const masks = ranges.map(maskOf);
  const sums = ranges.map((range, at) => tf.sum(tf.mul(productsOf(embeddings, range), masks[at])));
  return tf.div(sumOfAll(sums), sumOfAll(masks.map((mask) => tf.sum(mask))));
}
