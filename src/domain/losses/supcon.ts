/**
 * SupCon in closed form: L_out and L_in of arXiv 2004.11362, equations 2 and 3, with the variants of the paper's
 * code. The oracle of the tensor form, and what the interface explains.
 */
import type { ContrastiveLoss, Embeddings } from './contrastive';
import { contrastiveLoss } from './contrastive';
import type { PairLayout } from './pairs';
import { labelPairs } from './pairs';
import type { ContrastiveForm } from './rowForms';
import { SUPCON_FORM } from './rowForms';

export interface SupConBatch extends Embeddings, Partial<PairLayout>, Partial<ContrastiveForm> {
  /** One label a view, view-major; views of equal label are positives of each other. */
  readonly labels: ArrayLike<number>;
  readonly temperature: number;
  /** The most positives of an anchor, its own other views included; 0 (as if left out) is no cap. */
  readonly maxPositives?: number;
}

/**
 * L_out by default: l_i = -1/|P(i)| sum_{p in P(i)} ( z_i.z_p/tau - log sum_{a != i} exp(z_i.z_a/tau) ), averaged
 * over anchors with at least one positive. With a single view an image the paper's code divides by |P(i)| twice;
 * this divides once, as the formula does.
 */
export function supConLoss(batch: SupConBatch): ContrastiveLoss {
  const { labels, temperature, views = 1, anchors = 'all', maxPositives = 0 } = batch;
  const { sum = SUPCON_FORM.sum, denominator = SUPCON_FORM.denominator } = batch;
  const pairs = labelPairs(labels, { views, anchors }, maxPositives);
  return contrastiveLoss(batch, pairs, { temperature, sum, denominator });
}
