/**
 * NT-Xent, the loss of SimCLR (arXiv 2002.05709, equation 1): the contrastive loss without labels, in which the
 * only positives of an anchor are the other views of its own image.
 */
import type { ContrastiveLoss, Embeddings } from './contrastive';
import { contrastiveLoss } from './contrastive';
import { imagePairs } from './pairs';
import { SUPCON_FORM } from './rowForms';

/**
 * l_i = -log( exp(s_ij/tau) / sum_{a != i} exp(s_ia/tau) ) for views i and j of one image, averaged over all
 * views; with more than two views, averaged over the positives of each anchor.
 */
export function simClrLoss(batch: Embeddings & { views: number; temperature: number }): ContrastiveLoss {
  const { embeddings, dimensions, views, temperature } = batch;
  const pairs = imagePairs(embeddings.length / dimensions, { views, anchors: 'all' });
  return contrastiveLoss(batch, pairs, { ...SUPCON_FORM, temperature });
}
