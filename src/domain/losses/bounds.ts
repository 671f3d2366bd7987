/**
 * Where a loss can lie: the collapse line, where every embedding is equal, and the floor, where class means
 * sit on a regular simplex (Graf et al., ICML 2021). Both are in nats of the unscaled loss; headroom puts
 * any run on one scale. Not a number stands for a line that has no closed form.
 */
import type { MixedLabels } from './crossEntropy';
import { labelTargets, mixedTargets, softTargets } from './crossEntropy';
import type { PairCounts } from './pairCounts';
import type { ContrastiveForm } from './rowForms';

export interface LossBounds {
  readonly collapse: number;
  readonly floor: number;
}

/** Neither line is known. */
export const UNKNOWN_BOUNDS: LossBounds = { collapse: Number.NaN, floor: Number.NaN };

export interface Simplex {
  /** C, corners of the simplex: classes of the data set, or images of the batch where labels are unused. */
  readonly classes: number;
  readonly temperature: number;
}

/**
 * Bounds of a contrastive loss for the batch at hand: the mean over valid anchors with P positives and N negatives.
 *
 * Collapse: all similarities are equal and cancel, for L_in and L_out alike: ln(P + N) with `all` in the
 * denominator, ln(1 + N) with one positive, ln N with negatives only.
 *
 * Floor: positives at similarity 1 and negatives at -1/(C-1), q = exp(-(C/(C-1))/tau) apart: ln(P + N q),
 * ln(1 + N q) and ln(N q). Nothing lies lower in a balanced batch of which all views are anchors. By Jensen the
 * negatives of an anchor weigh at least N times the exponential of their mean, and P positives at similarity up
 * to 1 at most P e^(1/tau), so an anchor has at least f(mean negative - mean positive) with f convex and rising
 * (f linear for negatives only); and the mean negative similarity over all anchors is at least -1/(C-1), because
 * the sum of all embeddings has no negative length. A cap changes P alone. It is reached where the embedding has
 * C - 1 dimensions or more. With first views as anchors descent from random embeddings ends there too, which is
 * no proof; for unbalanced batches it is approximate.
 */
export function contrastiveBounds(counts: PairCounts, form: ContrastiveForm, simplex: Simplex): LossBounds {
  const { classes, temperature } = simplex;
  const apart = -(classes / (classes - 1)) / temperature;
  const levelOf = (positives: number, negatives: number, distance: number): number => {
    switch (form.denominator) {
      case 'all':
        return Math.log(positives + negatives * Math.exp(distance));
      case 'one-positive':
        return Math.log1p(negatives * Math.exp(distance));
      case 'negatives':
        return Math.log(negatives) + distance;
    }
  };
  const meanLevel = (distance: number) =>
    meanOverAnchors(counts, form, (positives, negatives) => levelOf(positives, negatives, distance));
  return { collapse: meanLevel(0), floor: meanLevel(apart) };
}

/**
 * Bounds of Sohn's N-pairs, whose embeddings have any length: ln(1 + N) where all are equal, and 0, which it nears
 * as lengths grow. The penalty on lengths is no part of it.
 */
export function sohnBounds(counts: PairCounts): LossBounds {
  const form = { sum: 'out', denominator: 'one-positive' } as const;
  return { collapse: meanOverAnchors(counts, form, (_, negatives) => Math.log1p(negatives)), floor: 0 };
}

/**
 * Bounds of the triplet loss with squared distances of unit vectors: the margin where all distances are 0, and 0,
 * which a simplex reaches for margins up to 2, the distance between its corners being 2C/(C-1).
 */
export function tripletBounds(counts: PairCounts, margin: number): LossBounds {
  const form = { sum: 'out', denominator: 'one-positive' } as const;
  return { collapse: meanOverAnchors(counts, form, () => margin), floor: 0 };
}

/**
 * Bounds of cross-entropy: ln C when every class is as likely as the next, which is the best that one point for all
 * images can do on balanced labels, and the entropy of the smoothed label, 0 without smoothing. The large-margin
 * loss has those of no smoothing: its margin can only raise the loss of a point, and adds nothing at the origin.
 */
export function crossEntropyBounds(classes: number, smoothing = 0): LossBounds {
  return { collapse: Math.log(classes), floor: meanEntropy(labelTargets([0], classes, smoothing), classes) };
}

/** Bounds of cross-entropy on mixed images: ln C, and the mean entropy of the targets of this batch. */
export function mixedBounds(mix: MixedLabels, classes: number, smoothing = 0): LossBounds {
  return { collapse: Math.log(classes), floor: meanEntropy(mixedTargets(mix, classes, smoothing), classes) };
}

/** Bounds of cross-entropy with several labels or soft ones: ln C, and the mean entropy of the targets of this batch. */
export function softLabelBounds(labelWeights: ArrayLike<number>, classes: number, smoothing = 0): LossBounds {
  const floor = meanEntropy(softTargets(labelWeights, classes, smoothing), classes);
  return { collapse: Math.log(classes), floor };
}

/** Bounds of alpha * first + (1 - alpha) * second where both reach theirs together. */
export function jointBounds(first: LossBounds, second: LossBounds, alpha: number): LossBounds {
  const mix = (a: number, b: number) => alpha * a + (1 - alpha) * b;
  return { collapse: mix(first.collapse, second.collapse), floor: mix(first.floor, second.floor) };
}

/** h = (l - floor) / (collapse - floor): 1 collapsed, 0 optimal; may exceed 1. */
export function headroom(loss: number, bounds: LossBounds): number {
  return (loss - bounds.floor) / (bounds.collapse - bounds.floor);
}

/** The mean over the anchors that the loss counts (see `rowTerms`); not a number where there is none. */
function meanOverAnchors(
  { positives, negatives }: PairCounts,
  { denominator }: ContrastiveForm,
  levelOf: (positives: number, negatives: number) => number,
): number {
  let [sum, valid] = [0, 0];
  for (let anchor = 0; anchor < positives.length; anchor++) {
    if (positives[anchor] === 0 || (denominator !== 'all' && negatives[anchor] === 0)) continue;
    sum += levelOf(positives[anchor], negatives[anchor]);
    valid++;
  }
  return sum / valid;
}

/** -sum t ln t of each row of C targets, averaged over rows. */
function meanEntropy(targets: Float64Array, classes: number): number {
  const entropy = targets.reduce((sum, target) => (target > 0 ? sum - target * Math.log(target) : sum), 0);
  return entropy / (targets.length / classes);
}
