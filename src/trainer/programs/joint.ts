/** Stage 1 with two heads on one encoder: alpha * SupCon of the projections + (1 - alpha) * cross-entropy. */
import type { Scalar, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import { crossEntropy } from '../losses/crossEntropy';
import type { Objective } from '../losses/objective';
import { weighted } from '../losses/objective';
import { requireJoint } from '../model/jointHead';
import type { Model } from '../model/model';
import type { Optimiser } from '../optimiser/optimiser';
import type { ViewBatch } from './batch';
import { softLabelsOf, viewInputs } from './batch';
import { geometry } from './geometry';
import { trainingStep } from './step';

export interface JointSetting {
  readonly optimiser: Optimiser;
  /** The contrastive part, on the projections. */
  readonly objective: Objective;
  /** Alpha, the weight of the contrastive part. */
  readonly alpha: number;
  readonly labelSmoothing: number;
  /** Rows of similarities at a time; 0 is all. */
  readonly chunk: number;
}

/**
 * Inputs: see `viewInputs`. Outputs: those of the contrastive program, `accuracy` of the classifier, and both parts
 * unscaled: `supConLoss` and `crossEntropyLoss`. The scale of the loss concerns the contrastive part alone.
 */
export function jointProgram(model: Model, batch: ViewBatch, setting: JointSetting): Program {
  const layout = { images: batch.images, views: batch.views, chunk: setting.chunk };
  const { optimiser, objective, alpha, labelSmoothing } = setting;
  const head = requireJoint(model.head);
  return {
    inputs: viewInputs(batch),
    build(inputs, state) {
      const labels = inputs['labels'] as Tensor1D;
      const soft = softLabelsOf(inputs, batch);
      return trainingStep(
        {
          parameters: model.parameters,
          optimiser,
          lossOf(context) {
            const features = model.encoder.apply(context, inputs['views'] as Tensor4D);
            const embeddings = head.apply(context, features);
            const contrastive = objective(embeddings, labels, soft);
            const supConLoss = contrastive.outputs['unscaledLoss'] as Scalar;
            const classified = crossEntropy(head.classify(context, features), labels, {
              smoothing: labelSmoothing,
              labelWeights: soft?.labelWeights,
            });
            return {
              loss: weighted(contrastive.loss, classified.loss, alpha),
              outputs: {
                ...contrastive.outputs,
                unscaledLoss: weighted(supConLoss, classified.loss, alpha),
                supConLoss,
                crossEntropyLoss: classified.loss,
                accuracy: classified.accuracy,
                ...geometry(embeddings, labels, layout),
              },
            };
          },
        },
        state,
        inputs['rate'] as Scalar,
      );
    },
  };
}
