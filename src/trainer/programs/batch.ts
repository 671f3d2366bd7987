/** What a stage-1 batch holds, and the inputs that carry it into a program. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../../engine/engine';
import type { LabelMix } from '../losses/crossEntropy';
import type { SoftLabels } from '../losses/objective';

export interface ViewBatch {
  /** N. */
  readonly images: number;
  /** V. */
  readonly views: number;
  /** Height, width and channels. */
  readonly shape: readonly [number, number, number];
  /** `mixed`: each view is made of two images (MixUp, CutMix) and has two labels. Left out, it has one. */
  readonly targets?: 'single' | 'mixed';
  /** C, where samples have several labels or soft ones. */
  readonly weighedClasses?: number | undefined;
}

/**
 * Inputs that every stage-1 program takes: `views` [V*N, H, W, C] view-major, `labels` [V*N], `rate` []; and for
 * mixed targets `partnerLabels` [V*N] and `ownShare` [V*N], lambda; for several labels a sample `labelWeights` [N, C] and
 * `pairWeights` [N, N].
 */
export function viewInputs({ images, views, shape, targets, weighedClasses }: ViewBatch): Program['inputs'] {
  const rows = [images * views];
  return {
    views: { shape: [images * views, ...shape], dtype: 'float32' },
    labels: { shape: rows, dtype: 'int32' },
    rate: { shape: [], dtype: 'float32' },
    ...(targets === 'mixed' && {
      partnerLabels: { shape: rows, dtype: 'int32' },
      ownShare: { shape: rows, dtype: 'float32' },
    }),
    ...(weighedClasses !== undefined && {
      labelWeights: { shape: [images, weighedClasses], dtype: 'float32' },
      pairWeights: { shape: [images, images], dtype: 'float32' },
    }),
  };
}

/** The several labels of a batch, where it has them. */
export function softLabelsOf(inputs: Tensors, { views, weighedClasses }: ViewBatch): SoftLabels | undefined {
  if (weighedClasses === undefined) return undefined;
  return {
    pairWeights: inputs['pairWeights'] as Tensor2D,
    labelWeights: tf.tile(inputs['labelWeights'] as Tensor2D, [views, 1]),
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
