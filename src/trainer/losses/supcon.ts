/** SupCon as tensors: L_out and L_in of arXiv 2004.11362, equations 2 and 3, with the variants of the paper's code. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { PairLayout } from '../../domain/losses/pairs';
import { SUPCON_FORM } from '../../domain/losses/rowForms';
import type { ContrastiveSetting, ContrastiveTerms } from './contrastive';
import { contrastiveLoss } from './contrastive';
import { labelPairs, weightPairs } from './pairs';

export interface SupConSetting extends Partial<ContrastiveSetting>, Partial<PairLayout> {
  readonly temperature: number;
  /** Most positives of an anchor, its own other views included; 0 is no cap. */
  readonly maxPositives?: number;
  /** How much of a positive two images are, [N, N], in place of equality of their labels. */
  readonly pairWeights?: Tensor2D | undefined;
}

/**
 * L_out over all views and all others unless the setting says otherwise.
 * @param embeddings [M, d], L2-normalised, view-major
 * @param labels [M], int32
 */
export function supConLoss(embeddings: Tensor2D, labels: Tensor1D, setting: SupConSetting): ContrastiveTerms {
  const { views = 1, anchors = 'all', chunk = 0, maxPositives = 0, pairWeights } = setting;
  const layout = { images: embeddings.shape[0] / views, views, anchors, chunk };
  const pairs =
    pairWeights === undefined
      ? labelPairs(labels, layout, maxPositives)
      : weightPairs(pairWeights, labels, layout);
  return contrastiveLoss(embeddings, pairs, { ...SUPCON_FORM, ...setting, chunk });
}
