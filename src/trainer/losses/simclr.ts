/** NT-Xent as tensors (SimCLR, arXiv 2002.05709, equation 1): only other views of the same image are positives. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { SUPCON_FORM } from '../../domain/losses/rowForms';
import type { ContrastiveTerms } from './contrastive';
import { contrastiveLoss } from './contrastive';
import { imagePairs } from './pairs';
import type { SupConSetting } from './supcon';

/**
 * @param embeddings [M, d], L2-normalised, view-major
 * @param labels [M], int32; their values do not matter
 */
export function simClrLoss(embeddings: Tensor2D, labels: Tensor1D, setting: SupConSetting): ContrastiveTerms {
  const { views = 1, anchors = 'all', chunk = 0 } = setting;
  const pairs = imagePairs(labels, { images: embeddings.shape[0] / views, views, anchors, chunk });
  return contrastiveLoss(embeddings, pairs, { ...SUPCON_FORM, ...setting, chunk });
}
