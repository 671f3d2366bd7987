/** What stands on the encoder in stage 1: a projection head (dropped afterwards) or a classifier. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ModelContext } from './layers';
import { dense, normaliseRows } from './layers';
import type { ParameterSpec } from './parameters';
import { denseParameters } from './parameters';

export interface Head {
  readonly parameters: readonly ParameterSpec[];
  /** Features [N, F] to the head's output [N, outputs]. */
  apply(context: ModelContext, features: Tensor2D): Tensor2D;
}

/**
 * Projection head with L2-normalised output: Linear(F, F), ReLU, Linear(F, d), or one Linear(F, d)
 * (arXiv 2004.11362, section 3.1).
 */
export function projectionHead(kind: 'mlp' | 'linear', features: number, outputs: number): Head {
  const hidden = kind === 'mlp' ? denseParameters('projection/hidden', features, features) : [];
  return {
    parameters: [...hidden, ...denseParameters('projection/output', features, outputs)],
    apply(context, x) {
      const inner = kind === 'mlp' ? tf.relu(dense(context, 'projection/hidden', x)) : x;
      return normaliseRows(dense(context, 'projection/output', inner));
    },
  };
}

/** Linear classifier: features [N, F] to logits [N, classes]. */
export function classifierHead(features: number, classes: number): Head {
  return {
    parameters: denseParameters('classifier', features, classes),
    apply: (context, x) => dense(context, 'classifier', x),
  };
}
