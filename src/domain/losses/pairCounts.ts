/**
 * How many positives and negatives each anchor has, without the matrices: what the bounds of a loss need at every
 * step. Sums of the rows of pairs.ts.
 */
import type { PairLayout } from './pairs';
import { orderInClass, otherImages } from './pairs';

/** One entry an anchor. */
export interface PairCounts {
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
}

/** Counts of `labelPairs`. */
export function labelPairCounts(
  labels: ArrayLike<number>,
  { views, anchors: mode }: PairLayout,
  maxPositives = 0,
): PairCounts {
  const images = labels.length / views;
  const kept = maxPositives === 0 ? Infinity : otherImages(maxPositives, views);
  const sizes = classSizes(labels, images);
  const anchors = mode === 'all' ? labels.length : images;
  const sizeOf = (anchor: number) => sizes.get(labels[anchor]) ?? 0;
  const positives = Int32Array.from(
    { length: anchors },
    (_, anchor) => views - 1 + views * Math.min(sizeOf(anchor) - 1, kept),
  );
  const negatives = Int32Array.from({ length: anchors }, (_, anchor) => views * (images - sizeOf(anchor)));
  return { positives, negatives };
}

/** Counts of `imagePairs`. */
export function imagePairCounts(count: number, layout: PairLayout): PairCounts {
  const images = count / layout.views;
  const anchors = layout.anchors === 'all' ? count : images;
  return {
    positives: new Int32Array(anchors).fill(layout.views - 1),
    negatives: new Int32Array(anchors).fill(count - layout.views),
  };
}

/**
 * Counts of `weightPairs`, as fractions of positives and negatives.
 * @param weights of pairs of images, symmetric, row-major [N, N], 1 for an image with itself
 */
export function weightPairCounts(
  weights: ArrayLike<number>,
  images: number,
  { views, anchors: mode }: PairLayout,
): PairCounts {
  const shares = Float64Array.from({ length: images }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < images; j++) sum += weights[i * images + j];
    return views * sum - 1;
  });
  const anchors = mode === 'all' ? images * views : images;
  const positives = Float64Array.from({ length: anchors }, (_, anchor) => shares[anchor % images]);
  return { positives, negatives: positives.map((positive) => images * views - 1 - positive) };
}

/** Counts of `onePairAClass`. */
export function classPairCounts(labels: ArrayLike<number>): PairCounts {
  const order = orderInClass(labels, labels.length);
  const sizes = classSizes(labels, labels.length);
  const pairs = [...sizes.values()].filter((size) => size > 1).length;
  const positives = order.map((place, row) => (place === 0 && (sizes.get(labels[row]) ?? 0) > 1 ? 1 : 0));
  const negatives = order.map((place, row) => (place === 0 ? pairs - positives[row] : 0));
  return { positives, negatives };
}

function classSizes(labels: ArrayLike<number>, count: number): Map<number, number> {
  const sizes = new Map<number, number>();
  for (let i = 0; i < count; i++) sizes.set(labels[i], (sizes.get(labels[i]) ?? 0) + 1);
  return sizes;
}
