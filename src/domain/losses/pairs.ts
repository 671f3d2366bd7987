/**
 * Which views are positives and which are negatives of each anchor, as two matrices [anchors, M] of weights from
 * 0 to 1. Views are laid out view-major: row v * N + i is view v of image i. A pair may be neither: an anchor
 * with itself, and positives that a cap has left out.
 */

/** How the views of a batch lie, and which of them are anchors. */
export interface PairLayout {
  /** V, views of each image; the batch holds a multiple of it. */
  readonly views: number;
  /** All views, or the first of each image (the "one view" mode of the paper's code). */
  readonly anchors: 'all' | 'first';
}

export interface PairMasks {
  /** A: the first A views are the anchors. */
  readonly anchors: number;
  /** M. */
  readonly views: number;
  /** Row-major [A, M]; 0 for an anchor with itself. */
  readonly positives: Float64Array;
  /** Row-major [A, M]; 0 for an anchor with itself. */
  readonly negatives: Float64Array;
}

/**
 * Views of equal label are positives, the others negatives. A cap keeps the other views of the anchor's own image
 * and then whole images of its class in the order of the batch, as the paper's code does (`top_k` of a 0/1 mask
 * takes the first); the order is shuffled anew each epoch, so this is a random choice that needs no random number.
 * Positives beyond the cap are no negatives either.
 * @param labels one a view, [M]
 * @param maxPositives the most positives of an anchor, its own other views included; 0 is no cap
 */
export function labelPairs(labels: ArrayLike<number>, layout: PairLayout, maxPositives = 0): PairMasks {
  const images = labels.length / layout.views;
  const kept = maxPositives === 0 ? Infinity : otherImages(maxPositives, layout.views);
  const order = orderInClass(labels, images);
  return fillMasks(labels.length, layout, (anchor, other) => {
    if (labels[anchor] !== labels[other]) return NEGATIVE;
    const [i, j] = [anchor % images, other % images];
    const place = order[j] - (order[j] > order[i] ? 1 : 0);
    return i === j || place < kept ? POSITIVE : NEITHER;
  });
}

/** Without labels: only the other views of the anchor's own image are positives (SimCLR). */
export function imagePairs(count: number, layout: PairLayout): PairMasks {
  const images = count / layout.views;
  return labelPairs(
    Int32Array.from({ length: count }, (_, row) => row % images),
    layout,
  );
}

/**
 * Soft or multi-label positives: a pair of weight w is w of a positive and 1 - w of a negative.
 * @param weights symmetric, row-major [M, M], 0 to 1; the diagonal is ignored
 */
export function weightPairs(weights: ArrayLike<number>, count: number, layout: PairLayout): PairMasks {
  return fillMasks(count, layout, (anchor, other) => weights[anchor * count + other]);
}

/**
 * One pair a class, as Sohn builds a batch: the first view of a class is its anchor, the second is its positive
 * and every other class's negative; further views of a class take no part.
 */
export function onePairAClass(labels: ArrayLike<number>): PairMasks {
  const order = orderInClass(labels, labels.length);
  return fillMasks(labels.length, { views: 1, anchors: 'all' }, (anchor, other) => {
    if (order[anchor] !== 0 || order[other] !== 1) return NEITHER;
    return labels[anchor] === labels[other] ? POSITIVE : NEGATIVE;
  });
}

/** Images of the same class that a cap leaves beside the anchor's own. */
export function otherImages(maxPositives: number, views: number): number {
  return Math.floor((maxPositives - (views - 1)) / views);
}

/** How many of the first `count` entries before each one are equal to it. */
export function orderInClass(labels: ArrayLike<number>, count: number): Int32Array {
  const seen = new Map<number, number>();
  return Int32Array.from({ length: count }, (_, i) => {
    const before = seen.get(labels[i]) ?? 0;
    seen.set(labels[i], before + 1);
    return before;
  });
}

const POSITIVE = 1;
const NEGATIVE = 0;
const NEITHER = Number.NaN;

/** @param weightOf how much of a positive a pair is, 0 to 1, or not a number for neither */
function fillMasks(
  count: number,
  { views, anchors: mode }: PairLayout,
  weightOf: (anchor: number, other: number) => number,
): PairMasks {
  const anchors = mode === 'all' ? count : count / views;
  const positives = new Float64Array(anchors * count);
  const negatives = new Float64Array(anchors * count);
  for (let anchor = 0; anchor < anchors; anchor++) {
    for (let other = 0; other < count; other++) {
      const weight = anchor === other ? NEITHER : weightOf(anchor, other);
      if (Number.isNaN(weight)) continue;
      positives[anchor * count + other] = weight;
      negatives[anchor * count + other] = 1 - weight;
    }
  }
  return { anchors, views: count, positives, negatives };
}
