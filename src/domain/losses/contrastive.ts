/**
 * The contrastive loss in its general form, closed: which pairs count comes as masks (pairs.ts), which of six
 * forms as a choice (rowForms.ts). Plain loops in double precision: the oracle of the tensor form, and what the
 * named losses (SupCon, SimCLR, N-pairs) are made of.
 */
import type { PairMasks } from './pairs';
import type { ContrastiveForm } from './rowForms';
import { rowTerms } from './rowForms';

export interface Embeddings {
  /** Row-major [M, dimensions]; normalised by the caller if they are to be. */
  readonly embeddings: Float32Array | Float64Array;
  readonly dimensions: number;
}

export interface ContrastiveLoss {
  /** Mean over the anchors that are valid; NaN if none is. */
  readonly value: number;
  /** Loss of each anchor, [A]; NaN where it has no positive, or no negative where one is needed. */
  readonly perAnchor: Float64Array;
  /** Gradient of `value` with respect to the embeddings, [M, dimensions]. */
  readonly gradient: Float64Array;
  readonly validAnchors: number;
}

export interface ContrastiveSetting extends ContrastiveForm {
  readonly temperature: number;
}

/** Loss, loss of each anchor and gradient. Implementations average over anchors where the paper sums; so does this. */
export function contrastiveLoss(
  batch: Embeddings,
  pairs: PairMasks,
  setting: ContrastiveSetting,
): ContrastiveLoss {
  const { anchors, views } = pairs;
  const perAnchor = new Float64Array(anchors).fill(Number.NaN);
  const slopes = new Float64Array(anchors * views);
  for (let anchor = 0; anchor < anchors; anchor++) {
    const row = (matrix: Float64Array) => matrix.subarray(anchor * views, (anchor + 1) * views);
    const logits = similarities(batch, anchor).map((s) => s / setting.temperature);
    const masks = { positives: row(pairs.positives), negatives: row(pairs.negatives) };
    const terms = rowTerms({ logits, ...masks }, setting);
    if (terms === undefined) continue;
    perAnchor[anchor] = terms.loss;
    slopes.set(terms.slopes, anchor * views);
  }
  const validAnchors = perAnchor.reduce((count, loss) => count + (Number.isNaN(loss) ? 0 : 1), 0);
  const value = perAnchor.reduce((sum, l) => (Number.isNaN(l) ? sum : sum + l), 0) / validAnchors;
  const factor = 1 / (setting.temperature * validAnchors);
  return { value, perAnchor, gradient: gradientOfProducts(batch, slopes, factor), validAnchors };
}

/** Inner products of one view with all, [M]. */
export function similarities({ embeddings, dimensions }: Embeddings, view: number): Float64Array {
  return Float64Array.from({ length: embeddings.length / dimensions }, (_, other) => {
    let dot = 0;
    for (let k = 0; k < dimensions; k++)
      dot += embeddings[view * dimensions + k] * embeddings[other * dimensions + k];
    return dot;
  });
}

/**
 * Gradient with respect to the embeddings of something that depends on their inner products alone.
 * @param slopes derivative by the product of anchor i and view a, row-major [A, M]
 * @param factor on all of them
 * @returns [M, dimensions]
 */
export function gradientOfProducts(
  { embeddings, dimensions }: Embeddings,
  slopes: Float64Array,
  factor: number,
): Float64Array {
  const views = embeddings.length / dimensions;
  const gradient = new Float64Array(embeddings.length);
  for (let at = 0; at < slopes.length; at++) {
    const [i, a] = [Math.floor(at / views) * dimensions, (at % views) * dimensions];
    for (let k = 0; k < dimensions; k++) {
      gradient[i + k] += factor * slopes[at] * embeddings[a + k];
      gradient[a + k] += factor * slopes[at] * embeddings[i + k];
    }
  }
  return gradient;
}
