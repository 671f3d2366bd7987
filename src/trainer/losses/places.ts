/**
 * Which entry of a row of pairs is the anchor itself, and which are other views of its image: masks [rows, M] that
 * depend on the layout alone. For all rows at once they are constants of the graph. For chunks they are compared
 * anew from an index that the engine must take for a variable, or it would fold them into M x M constants again.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { RowRange } from './rowRanges';
import { rowsOf } from './rowRanges';

export interface Places {
  /** 1 where row and column are the same view. */
  self(range: RowRange): Tensor2D;
  /** 1 where they are different views of one image. */
  sameImage(range: RowRange): Tensor2D;
}

/**
 * Masks of all rows are made once: a graph does not notice that two long constants are the same.
 * @param variable any int32 input of the program, [M]
 * @param images N; row v * N + i is view v of image i
 */
export function placesOf(variable: Tensor1D, images: number): Places {
  const count = variable.shape[0];
  const isWhole = (range: RowRange) => range.count === count;
  const [row, image] = [indexLike(variable, count), indexLike(variable, images)];
  const wholeSelf = once(() => tf.eye(count));
  const wholeSameImage = once(() => constantSameImage(count, images));
  const self = (range: RowRange) => (isWhole(range) ? wholeSelf() : equalTo(row, range));
  return {
    self,
    sameImage: (range) => (isWhole(range) ? wholeSameImage() : tf.sub(equalTo(image, range), self(range))),
  };
}

/** The row of each view modulo `period`, int32, as something that depends on an input. */
function indexLike(variable: Tensor1D, period: number): Tensor1D {
  const rows = Array.from({ length: variable.shape[0] }, (_, row) => row % period);
  const first = tf.slice(variable, 0, 1);
  return tf.add(tf.tensor1d(rows, 'int32'), tf.sub(first, first));
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** 1 where an entry of the range equals an entry of the whole, [rows, M]. */
export function equalTo(values: Tensor1D, range: RowRange): Tensor2D {
  return tf.cast(tf.equal(tf.expandDims(rowsOf(values, range), 1), tf.expandDims(values, 0)), 'float32');
}

function constantSameImage(count: number, images: number): Tensor2D {
  const values = new Float32Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i % images; j < count; j += images) if (i !== j) values[i * count + j] = 1;
  }
  return tf.tensor2d(values, [count, count]);
}
