/**
 * Weights of pairs of samples that have several labels each, or soft ones: how much two rows of label weights agree,
 * from 0 to 1. They take the place of equality of labels in a contrastive loss, and are that for one label each.
 * Rows are mostly zeros, so only what is not is gone through.
 */

/** How two rows of label weights are compared; sources at `overlapWeights`. */
export const OVERLAPS = ['jaccard', 'cosine', 'any'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/**
 * Agreement of every two rows a and b of label weights:
 *   jaccard  sum min(a, b) / sum max(a, b); of sets, shared labels over labels of either (JSCL, arXiv 2212.00552)
 *   cosine   a.b / (|a| |b|) (GenSCL, arXiv 2206.00384)
 *   any      1 where one label is shared, else 0 (the baseline "any" of Zhang and Wu's multi-label SupCon, AAAI 2024)
 * 0 where one of the two has no label.
 * @param rows row-major [count, classes], 0 or more
 * @returns symmetric, row-major [count, count]
 */
export function overlapWeights(rows: ArrayLike<number>, classes: number, overlap: Overlap): Float64Array {
  const count = rows.length / classes;
  const sparse = Array.from({ length: count }, (_, i) => sparseRow(rows, i * classes, classes));
  const weights = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      const weight = agreement(sparse[i], sparse[j], { rows, start: j * classes, overlap });
      weights[i * count + j] = weights[j * count + i] = weight;
    }
  }
  return weights;
}

/** `overlapWeights` by the Jaccard index. */
export function jaccardWeights(rows: ArrayLike<number>, classes: number): Float64Array {
  return overlapWeights(rows, classes, 'jaccard');
}

/**
 * The weights of views from those of their images: view v of image i is row v * N + i.
 * @param weights row-major [N, N]
 * @returns row-major [V N, V N]
 */
export function weightsOfViews(weights: ArrayLike<number>, images: number, views: number): Float64Array {
  const count = images * views;
  return Float64Array.from({ length: count * count }, (_, at) => {
    const [row, column] = [Math.floor(at / count), at % count];
    return weights[(row % images) * images + (column % images)];
  });
}

interface SparseRow {
  readonly places: readonly number[];
  readonly values: readonly number[];
  readonly sum: number;
  readonly squares: number;
}

function sparseRow(rows: ArrayLike<number>, start: number, classes: number): SparseRow {
  const places: number[] = [];
  for (let c = 0; c < classes; c++) if (rows[start + c] > 0) places.push(c);
  const values = places.map((c) => rows[start + c]);
  const sum = values.reduce((total, value) => total + value, 0);
  return { places, values, sum, squares: values.reduce((total, value) => total + value * value, 0) };
}

interface OtherRow {
  readonly rows: ArrayLike<number>;
  readonly start: number;
  readonly overlap: Overlap;
}

function agreement(a: SparseRow, b: SparseRow, { rows, start, overlap }: OtherRow): number {
  let [shared, product] = [0, 0];
  a.places.forEach((c, k) => {
    shared += Math.min(a.values[k], rows[start + c]);
    product += a.values[k] * rows[start + c];
  });
  if (shared === 0) return 0;
  switch (overlap) {
    case 'jaccard':
      // What is the larger of two and what is the smaller add up to both.
      return shared / (a.sum + b.sum - shared);
    case 'cosine':
      return Math.min(1, product / Math.sqrt(a.squares * b.squares));
    case 'any':
      return 1;
  }
}
