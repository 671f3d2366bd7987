/** The cross-entropy baseline: the same encoder and views with a linear classifier on top. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import { crossEntropy } from '../losses/crossEntropy';
import type { Model } from '../model/model';
import type { Optimiser } from '../optimiser/optimiser';
import type { ViewBatch } from './contrastive';
import { viewInputs } from './contrastive';
import { trainingStep } from './step';

/** Inputs as in stage 1. Outputs: `loss`, `unscaledLoss`, `gradientNorm`, `accuracy`. */
export function classificationProgram(model: Model, batch: ViewBatch, optimiser: Optimiser): Program {
  return {
    inputs: viewInputs(batch),
    build(inputs, state) {
      return trainingStep(
        {
          parameters: model.parameters,
          optimiser,
          lossOf(context) {
            const features = model.encoder.apply(context, inputs['views'] as Tensor4D);
            const terms = crossEntropy(model.head.apply(context, features), inputs['labels'] as Tensor1D);
            return {
              loss: terms.loss,
              outputs: { unscaledLoss: tf.clone(terms.loss), accuracy: terms.accuracy },
            };
          },
        },
        state,
        inputs['rate'] as Scalar,
      );
    },
  };
}
