/**
 * Cosine similarities of all pairs of a sample, apart by what the two have in common, and what their histograms
 * show: classes overlap where the margin is small, and everything has collapsed where all lie at 1.
 */

/** Cosines of pairs, by the closest thing that the two share; every pair is in exactly one list. */
export interface PairCosines {
  readonly sameImage: Float32Array;
  readonly sameClass: Float32Array;
  readonly otherClass: Float32Array;
}

export interface PairSample {
  /** Row-major [samples, dimensions], L2-normalised. */
  readonly features: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly dimensions: number;
  /** The image of each row, where some rows are views of the same one. */
  readonly images?: ArrayLike<number>;
}

/** Bins of equal width over [-1, 1]. */
export const COSINE_BINS = 100;

/** The cosines of all pairs i < j. */
export function pairCosines(sample: PairSample): PairCosines {
  const { features, labels, dimensions, images } = sample;
  const lists = allocate(sample);
  for (let i = 0; i < labels.length; i++) {
    for (let j = i + 1; j < labels.length; j++) {
      let dot = 0;
      for (let k = 0; k < dimensions; k++) dot += features[i * dimensions + k] * features[j * dimensions + k];
      if (images !== undefined && images[i] === images[j]) lists.sameImage.push(dot);
      else if (labels[i] === labels[j]) lists.sameClass.push(dot);
      else lists.otherClass.push(dot);
    }
  }
  return {
    sameImage: lists.sameImage.taken(),
    sameClass: lists.sameClass.taken(),
    otherClass: lists.otherClass.taken(),
  };
}

/** Mean of the pairs of one class less that of different classes, from 0 (no structure) to 1 + 1/(C - 1). */
export function cosineMargin({ sameClass, otherClass }: PairCosines): number {
  return mean(sameClass) - mean(otherClass);
}

/**
 * Area under the ROC curve: the probability that a pair of one class is more similar than a pair of two, ties
 * counting half (Mann and Whitney). Not a number where either kind has no pair.
 */
export function cosineAuc({ sameClass, otherClass }: PairCosines): number {
  const ordered = sameClass.slice().sort();
  let above = 0;
  for (const cosine of otherClass) {
    above +=
      ordered.length -
      (countBelow(ordered, cosine, 'strictly') + countBelow(ordered, cosine, 'or-equal')) / 2;
  }
  return above / (ordered.length * otherClass.length);
}

/** Counts of cosines in bins of equal width over [-1, 1], [COSINE_BINS]. */
export function cosineHistogram(cosines: Float32Array): number[] {
  const counts = new Array<number>(COSINE_BINS).fill(0);
  for (const cosine of cosines) {
    const bin = Math.floor(((cosine + 1) / 2) * COSINE_BINS);
    counts[Math.min(COSINE_BINS - 1, Math.max(0, bin))]++;
  }
  return counts;
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** How many of the ascending values lie below the bound. */
function countBelow(ordered: Float32Array, bound: number, how: 'strictly' | 'or-equal'): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBelow = how === 'strictly' ? ordered[middle] < bound : ordered[middle] <= bound;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A list of known greatest length. */
class FloatList {
  private readonly values: Float32Array;
  private length = 0;

  constructor(capacity: number) {
    this.values = new Float32Array(capacity);
  }

  push(value: number): void {
    this.values[this.length++] = value;
  }

  taken(): Float32Array {
    return this.values.subarray(0, this.length);
  }
}

function allocate({ labels, images }: PairSample) {
  const all = (labels.length * (labels.length - 1)) / 2;
  const ofClass = pairsWithin(labels);
  return {
    sameImage: new FloatList(images === undefined ? 0 : pairsWithin(images)),
    sameClass: new FloatList(ofClass),
    otherClass: new FloatList(all - ofClass),
  };
}

/** How many pairs have equal keys. */
function pairsWithin(keys: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  let pairs = 0;
  for (let i = 0; i < keys.length; i++) {
    const before = counts.get(keys[i]) ?? 0;
    pairs += before;
    counts.set(keys[i], before + 1);
  }
  return pairs;
}
