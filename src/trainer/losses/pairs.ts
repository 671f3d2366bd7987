/**
 * Positives and negatives of each anchor as tensors, some rows at a time; the closed form and the meaning of each
 * kind are in domain/losses/pairs.ts.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { PairLayout } from '../../domain/losses/pairs';
import { otherImages } from '../../domain/losses/pairs';
import type { Places } from './places';
import { equalTo, placesOf } from './places';
import type { RowRange } from './rowRanges';
import { rowRanges, rowsOf } from './rowRanges';

/** Weights of pairs, each [rows, M] and 0 for an anchor with itself. */
export interface PairRows {
  readonly positives: Tensor2D;
  readonly negatives: Tensor2D;
  /** Their sum: what a denominator over all others holds. */
  readonly members: Tensor2D;
  /** Logarithm of one of them, far below every logit where it is 0. */
  log(weights: Tensor2D): Tensor2D;
}

export interface PairSource {
  /** A: the first A of the views are the anchors. */
  readonly anchors: number;
  readonly places: Places;
  rows(range: RowRange): PairRows;
}

/** How the views of a batch lie, and how many rows of a matrix of pairs may be in memory. */
export interface BatchLayout extends PairLayout {
  /** N. */
  readonly images: number;
  /** Anchors at a time; 0 is all. */
  readonly chunk: number;
}

/** Logit of what is left out: exp underflows to zero against any similarity. */
const MASKED_LOGIT = -1e9;

/**
 * Views of equal label are positives, the others negatives.
 * @param labels [M], int32
 * @param maxPositives a cap on positives as in the closed form; 0 is none
 */
export function labelPairs(labels: Tensor1D, layout: BatchLayout, maxPositives = 0): PairSource {
  const places = placesOf(labels, layout.images);
  const order = maxPositives === 0 ? undefined : orderInClass(labels, layout);
  const kept = otherImages(maxPositives, layout.views);
  return {
    anchors: anchorsOf(layout),
    places,
    rows(range) {
      const self = places.self(range);
      const others: Tensor2D = tf.sub(1, self);
      const same: Tensor2D = tf.mul(equalTo(labels, range), others);
      const negatives: Tensor2D = tf.sub(others, same);
      if (order === undefined) return allBut(self, { positives: same, negatives, members: others });
      const image = places.sameImage(range);
      const near = tf.mul(tf.sub(same, image), keptOthers(order, range, kept));
      const positives: Tensor2D = tf.add(image, near);
      return { positives, negatives, members: tf.add(positives, negatives), log: logOfMask };
    },
  };
}

/**
 * Without labels: the other views of an anchor's own image are its only positives.
 * @param variable any int32 input of the program, [M]
 */
export function imagePairs(variable: Tensor1D, layout: BatchLayout): PairSource {
  const places = placesOf(variable, layout.images);
  return {
    anchors: anchorsOf(layout),
    places,
    rows(range) {
      const self = places.self(range);
      const members: Tensor2D = tf.sub(1, self);
      const positives = places.sameImage(range);
      return allBut(self, { positives, negatives: tf.sub(members, positives), members });
    },
  };
}

/**
 * Soft or multi-label positives: w of a positive and 1 - w of a negative.
 * @param weights of pairs of images, [N, N], 0 to 1, and 1 of an image with itself
 * @param variable any int32 input of the program, [M]
 */
export function weightPairs(weights: Tensor2D, variable: Tensor1D, layout: BatchLayout): PairSource {
  const places = placesOf(variable, layout.images);
  const ofRows: Tensor2D = tf.tile(weights, [layout.views, 1]);
  return {
    anchors: anchorsOf(layout),
    places,
    rows(range) {
      const members: Tensor2D = tf.sub(1, places.self(range));
      const ofRange: Tensor2D = tf.tile(rowsOf(ofRows, range), [1, layout.views]);
      const positives: Tensor2D = tf.mul(ofRange, members);
      return { positives, negatives: tf.sub(members, positives), members, log: logOfWeight };
    },
  };
}

/** One pair a class: its first view is the anchor, its second the positive and every other class's negative. */
export function onePairAClass(labels: Tensor1D, chunk: number): PairSource {
  const count = labels.shape[0];
  const layout: BatchLayout = { images: count, views: 1, anchors: 'all', chunk };
  const order = orderInClass(labels, layout);
  const isAnchor: Tensor1D = tf.cast(tf.equal(order, 0), 'float32');
  const isSecond: Tensor1D = tf.cast(tf.equal(order, 1), 'float32');
  return {
    anchors: count,
    places: placesOf(labels, count),
    rows(range) {
      const same = equalTo(labels, range);
      const members: Tensor2D = tf.mul(tf.expandDims(rowsOf(isAnchor, range), 1), tf.expandDims(isSecond, 0));
      const positives: Tensor2D = tf.mul(same, members);
      return { positives, negatives: tf.sub(members, positives), members, log: logOfMask };
    },
  };
}

function anchorsOf({ images, views, anchors }: BatchLayout): number {
  return anchors === 'all' ? images * views : images;
}

/** How many images before each one have its class, repeated for every view, [M] float32. */
function orderInClass(labels: Tensor1D, { images, views, chunk }: BatchLayout): Tensor1D {
  const ofImages = tf.slice(labels, 0, images);
  const index = tf.range(0, images, 1, 'int32');
  const parts = rowRanges(images, chunk).map((range) => {
    const isBefore = tf.less(tf.expandDims(index, 0), tf.expandDims(rowsOf(index, range), 1));
    return tf.sum<Tensor1D>(tf.mul(equalTo(ofImages, range), tf.cast(isBefore, 'float32')), 1);
  });
  return tf.concat(Array.from({ length: views }, () => parts).flat());
}

/** 1 where fewer than `kept` images of the class, the anchor's own left out, come before the column's image. */
function keptOthers(order: Tensor1D, range: RowRange, kept: number): Tensor2D {
  const [own, other] = [tf.expandDims(rowsOf(order, range), 1), tf.expandDims(order, 0)];
  const place = tf.sub(other, tf.cast(tf.greater(other, own), 'float32'));
  return tf.cast(tf.less(place, kept), 'float32');
}

/** Rows whose members are all views but the anchor; their logarithm needs no mask turned round twice. */
function allBut(self: Tensor2D, masks: Omit<PairRows, 'log'>): PairRows {
  const logMembers: Tensor2D = tf.mul(self, MASKED_LOGIT);
  return { ...masks, log: (weights) => (weights === masks.members ? logMembers : logOfMask(weights)) };
}

function logOfMask(mask: Tensor2D): Tensor2D {
  return tf.mul(tf.sub(1, mask), MASKED_LOGIT);
}

function logOfWeight(weights: Tensor2D): Tensor2D {
  const isZero = tf.cast(tf.equal(weights, 0), 'float32');
  return tf.add(tf.log(tf.add(weights, isZero)), tf.mul(isZero, MASKED_LOGIT));
}
