/**
 * Triplet loss with semi-hard mining in the batch (FaceNet, arXiv 1503.03832, equations 1 and 4), on unit vectors:
 * squared distances are d = 2 - 2 z.z'.
 */
import type { ContrastiveLoss, Embeddings } from './contrastive';
import { gradientOfProducts, similarities } from './contrastive';

export interface TripletBatch extends Embeddings {
  /** One label a view. */
  readonly labels: ArrayLike<number>;
  /** Alpha: how much farther than the positive a negative must be, in squared distance. */
  readonly margin: number;
}

/**
 * The mean over all pairs (a, p) of equal label of max(0, d_ap - d_an + margin). The negative n of a pair is the
 * nearest one that is farther than the positive; it is semi-hard where it lies within the margin, and else the
 * pair has no loss. Where every negative is nearer than the positive, which FaceNet leaves open, n is the farthest
 * of them: the pair still pulls together, and the hardest negatives, which collapse training, stay out.
 */
export function tripletLoss(batch: TripletBatch): ContrastiveLoss {
  const count = batch.labels.length;
  const sums = new Float64Array(count);
  const pairs = new Int32Array(count);
  const slopes = new Float64Array(count * count);
  for (let anchor = 0; anchor < count; anchor++) {
    const distances = similarities(batch, anchor).map((s) => 2 - 2 * s);
    const row = slopes.subarray(anchor * count, (anchor + 1) * count);
    for (let other = 0; other < count; other++) {
      const negative = minedNegative(batch.labels, distances, { anchor, positive: other });
      if (negative === undefined) continue;
      pairs[anchor]++;
      const hinge = distances[other] - distances[negative] + batch.margin;
      if (hinge <= 0) continue;
      sums[anchor] += hinge;
      // d = 2 - 2 s turns the sign and doubles.
      row[other] -= 2;
      row[negative] += 2;
    }
  }
  const total = pairs.reduce((sum, n) => sum + n, 0);
  return {
    value: sums.reduce((sum, x) => sum + x, 0) / total,
    perAnchor: sums.map((sum, anchor) => sum / pairs[anchor]),
    gradient: gradientOfProducts(batch, slopes, 1 / total),
    validAnchors: pairs.reduce((valid, n) => valid + Math.min(n, 1), 0),
  };
}

/** The negative of a pair, or undefined where there is no pair or no negative. Ties go to the first of the batch. */
function minedNegative(
  labels: ArrayLike<number>,
  distances: Float64Array,
  { anchor, positive }: { anchor: number; positive: number },
): number | undefined {
  if (positive === anchor || labels[positive] !== labels[anchor]) return undefined;
  let nearest: number | undefined;
  let farthest: number | undefined;
  for (let n = 0; n < distances.length; n++) {
    if (labels[n] === labels[anchor]) continue;
    if (farthest === undefined || distances[n] > distances[farthest]) farthest = n;
    const isFarther = distances[n] > distances[positive];
    if (isFarther && (nearest === undefined || distances[n] < distances[nearest])) nearest = n;
  }
  return nearest ?? farthest;
}
