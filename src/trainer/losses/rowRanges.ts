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

/**
 * Anchors beyond which a loss is cut without being asked: at 2,048 in one piece the graph took 30 to 110 s to load and
 * ten times the memory, in pieces of 512 it took 2 s.
 */
const WHOLE_UP_TO = 1024;
const OWN_CHUNK = 512;

/** Cuts `anchors` rows into chunks; 0 is one chunk of all, or for many anchors chunks of our own size. */
export function rowRanges(anchors: number, chunk: number): readonly RowRange[] {
  const asked = chunk === 0 ? ownChunk(anchors) : chunk;
  const size = Math.min(asked, anchors);
  return Array.from({ length: Math.ceil(anchors / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, anchors - i * size),
  }));
}

function ownChunk(anchors: number): number {
  return anchors <= WHOLE_UP_TO ? anchors : OWN_CHUNK;
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
