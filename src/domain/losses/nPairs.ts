/**
 * N-pairs in two forms: as arXiv 2004.11362 writes it (normalised embeddings, temperature 1, all others in the
 * denominator), and as Sohn defined it ("Improved Deep Metric Learning with Multi-class N-pair Loss Objective",
 * NIPS 2016, equation 3: one pair a class, embeddings of any length kept short by a penalty).
 */
import type { ContrastiveLoss, Embeddings } from './contrastive';
import { contrastiveLoss } from './contrastive';
import { labelPairs, onePairAClass } from './pairs';
import { SUPCON_FORM } from './rowForms';

export interface NPairsBatch extends Embeddings {
  /** One label a view; one view an image. */
  readonly labels: ArrayLike<number>;
}

/**
 * l_i = -log( exp(z_i.z_k(i)) / sum_{a != i} exp(z_i.z_a) ), where k(i) is another image of the class of i: the
 * first of the batch. With two images a class that is the paper's formula as it stands; further images of the
 * class leave the denominator, which is the paper's code with one view and a cap of one positive.
 */
export function nPairsLoss(batch: NPairsBatch): ContrastiveLoss {
  const pairs = labelPairs(batch.labels, { views: 1, anchors: 'all' }, 1);
  return contrastiveLoss(batch, pairs, { ...SUPCON_FORM, temperature: 1 });
}

/**
 * l_i = log(1 + sum_{j != i} exp(f_i.f_j+ - f_i.f_i+)) over one pair (f_i, f_i+) of each class that has one,
 * averaged over classes. The penalty on lengths is apart: see `meanSquaredLength`.
 */
export function sohnNPairsLoss(batch: NPairsBatch): ContrastiveLoss {
  const pairs = onePairAClass(batch.labels);
  return contrastiveLoss(batch, pairs, { sum: 'out', denominator: 'one-positive', temperature: 1 });
}

/** Mean over views of ||f||^2, which Sohn adds with a small weight so that lengths stay small. */
export function meanSquaredLength({ embeddings, dimensions }: Embeddings): number {
  const views = embeddings.length / dimensions;
  let sum = 0;
  for (const x of embeddings) sum += x * x;
  return sum / views;
}
