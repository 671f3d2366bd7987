/** What a stage-1 batch holds, and the inputs that carry it into a program. */
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../../engine/engine';
import type { LabelMix } from '../losses/crossEntropy';

export interface ViewBatch {
  /** N. */
  readonly images: number;
  /** V. */
  readonly views: number;
  /** Height, width and channels. */
  readonly shape: readonly [number, number, number];
  /** `mixed`: each view is made of two images (MixUp, CutMix) and has two labels. Left out, it has one. */
  readonly targets?: 'single' | 'mixed';
}

/**
 * Inputs that every stage-1 program takes: `views` [V*N, H, W, C] view-major, `labels` [V*N], `rate` []; and for
 * mixed targets `partnerLabels` [V*N] and `ownShare` [V*N], lambda.
 */
export function viewInputs({ images, views, shape, targets }: ViewBatch): Program['inputs'] {
  const rows = [images * views];
  return {
    views: { shape: [images * views, ...shape], dtype: 'float32' },
    labels: { shape: rows, dtype: 'int32' },
    rate: { shape: [], dtype: 'float32' },
    ...(targets === 'mixed' && {
      partnerLabels: { shape: rows, dtype: 'int32' },
      ownShare: { shape: rows, dtype: 'float32' },
    }),
  };
}

/** The second labels of a batch and their shares, where it has them. */
export function mixOf(inputs: Tensors, { targets }: ViewBatch): LabelMix | undefined {
  if (targets !== 'mixed') return undefined;
  return {
    partnerLabels: inputs['partnerLabels'] as Tensor1D,
    ownShare: inputs['ownShare'] as Tensor1D,
  };
}
