/**
 * Two losses on the same embeddings with weights alpha and 1 - alpha. SupCon alone collapses each class to a
 * point; a share of SimCLR keeps images of a class apart (Lee et al., arXiv 2503.08203).
 */
import type { ContrastiveLoss } from './contrastive';

/** alpha * first + (1 - alpha) * second; an anchor that is valid in one only has no loss of its own. */
export function jointLoss(first: ContrastiveLoss, second: ContrastiveLoss, alpha: number): ContrastiveLoss {
  const mix = (a: number, b: number) => alpha * a + (1 - alpha) * b;
  return {
    value: mix(first.value, second.value),
    perAnchor: first.perAnchor.map((loss, anchor) => mix(loss, second.perAnchor[anchor])),
    gradient: first.gradient.map((slope, at) => mix(slope, second.gradient[at])),
    validAnchors: Math.min(first.validAnchors, second.validAnchors),
  };
}
