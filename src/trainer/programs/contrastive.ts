/** Stage 1: one step of contrastive training on a batch of views. */
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import type { Objective } from '../losses/objective';
import { normaliseRows } from '../model/layers';
import type { Model } from '../model/model';
import type { Optimiser } from '../optimiser/optimiser';
import type { ViewBatch } from './batch';
import { softLabelsOf, viewInputs } from './batch';
import { geometry } from './geometry';
import { trainingStep } from './step';

export type { ViewBatch } from './batch';

export interface ContrastiveSetting {
  readonly objective: Objective;
  readonly optimiser: Optimiser;
  /** Whether the head's output has unit length already. */
  readonly embeddings: 'normalised' | 'plain';
  /** Rows of similarities at a time; 0 is all. */
  readonly chunk: number;
}

/**
 * Inputs: see `viewInputs`. Outputs: `loss`, `unscaledLoss`, `gradientNorm`, `positivesPerAnchor`,
 * `anchorsWithoutPositives`, `anchorsWithoutNegatives`, the three cosine means, `deviation`, and the parts of a
 * joint loss.
 */
export function contrastiveProgram(model: Model, batch: ViewBatch, setting: ContrastiveSetting): Program {
  const layout = { images: batch.images, views: batch.views, chunk: setting.chunk };
  return {
    inputs: viewInputs(batch),
    build(inputs, state) {
      const labels = inputs['labels'] as Tensor1D;
      const soft = softLabelsOf(inputs, batch);
      return trainingStep(
        {
          parameters: model.parameters,
          optimiser: setting.optimiser,
          lossOf(context) {
            const features = model.encoder.apply(context, inputs['views'] as Tensor4D);
            const embeddings = model.head.apply(context, features);
            const { loss, outputs } = setting.objective(embeddings, labels, soft);
            const directions: Tensor2D =
              setting.embeddings === 'normalised' ? embeddings : normaliseRows(embeddings);
            return { loss, outputs: { ...outputs, ...geometry(directions, labels, layout) } };
          },
        },
        state,
        inputs['rate'] as Scalar,
      );
    },
  };
}
