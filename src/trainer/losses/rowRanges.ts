/**
 * Losses over rows of anchors, in one piece or chunk by chunk. Autodiff keeps every [rows, M] tensor of the forward
 * pass until the backward one, so chunks alone would save nothing: each chunk is differentiated on the spot, and
 * only the sum of the gradients, [M, d], waits for the backward pass.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Rank, Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** Anchors `from` to `from + count`. */
export interface RowRange {
  readonly from: number;
  readonly count: number;
}

/** Cuts `anchors` rows into chunks; 0 is one chunk of all. */
export function rowRanges(anchors: number, chunk: number): readonly RowRange[] {
  const size = chunk === 0 ? anchors : Math.min(chunk, anchors);
  return Array.from({ length: Math.ceil(anchors / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, anchors - i * size),
  }));
}

/**
 * The sum over all ranges of a function of the embeddings, with its gradient.
 * @param embeddings [M, d]
 */
export function sumOverRanges(
  embeddings: Tensor2D,
  ranges: readonly RowRange[],
  sumOf: (embeddings: Tensor2D, range: RowRange) => Scalar,
): Scalar {
  if (ranges.length === 1) return sumOf(embeddings, ranges[0]);
  const parts = ranges.map((range) => tf.valueAndGrad((z: Tensor2D) => sumOf(z, range))(embeddings));
  const value = sumOfAll(parts.map((part) => part.value));
  const gradient = sumOfAll(parts.map(({ grad }) => grad));
  return tf.customGrad((_z, save) => {
    // The types of TensorFlow.js know a last argument that saves, but not its name.
    (save as tf.GradSaveFunc)([gradient]);
    return { value: tf.clone(value), gradFunc: (dy: Tensor, [saved]: Tensor[]) => tf.mul(dy, saved) };
  })(embeddings);
}

/** The sum of tensors of one shape, in their order. */
export function sumOfAll<T extends Tensor>(parts: readonly T[]): T {
  return parts.reduce((sum, part) => tf.add<T>(sum, part));
}

/** The rows of a range, [count, width]; the tensor itself where the range is all of it. */
export function rowsOf<T extends Tensor>(x: T, { from, count }: RowRange): T {
  if (count === x.shape[0]) return x;
  return tf.slice<Rank, T>(x, from, count);
}

/** Inner products of the rows of a range with all rows, [count, M]. */
export function productsOf(embeddings: Tensor2D, range: RowRange): Tensor2D {
  return tf.matMul(rowsOf(embeddings, range), embeddings, false, true);
}
