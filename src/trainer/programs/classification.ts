/** The baselines that train a classifier: the same encoder and views, cross-entropy or large-margin softmax on top. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Configuration } from '../../domain/configuration/schema';
import type { Program } from '../../engine/engine';
import type { CrossEntropyTerms, LabelMix } from '../losses/crossEntropy';
import { crossEntropy } from '../losses/crossEntropy';
import { largeMarginLoss } from '../losses/largeMargin';
import type { ModelContext } from '../model/layers';
import { classifierKernel } from '../model/heads';
import type { Model } from '../model/model';
import type { Optimiser } from '../optimiser/optimiser';
import type { ViewBatch } from './batch';
import { mixOf, softLabelsOf, viewInputs } from './batch';
import { trainingStep } from './step';

export interface ClassificationSetting {
  readonly optimiser: Optimiser;
  /** Loss of features [M, F] in the model's context. */
  readonly classify: (context: ModelContext, features: Tensor2D, targets: Targets) => CrossEntropyTerms;
}

export interface Targets {
  /** [M], int32. */
  readonly labels: Tensor1D;
  readonly mix: LabelMix | undefined;
  /** Weights of several labels, [M, C]. */
  readonly labelWeights: Tensor2D | undefined;
}

/** Inputs: see `viewInputs`. Outputs: `loss`, `unscaledLoss`, `gradientNorm`, `accuracy`. */
export function classificationProgram(
  model: Model,
  batch: ViewBatch,
  { optimiser, classify }: ClassificationSetting,
): Program {
  return {
    inputs: viewInputs(batch),
    build(inputs, state) {
      const labels = inputs['labels'] as Tensor1D;
      const { labelWeights } = softLabelsOf(inputs, batch) ?? {};
      const targets = { labels, mix: mixOf(inputs, batch), labelWeights };
      return trainingStep(
        {
          parameters: model.parameters,
          optimiser,
          lossOf(context) {
            const features = model.encoder.apply(context, inputs['views'] as Tensor4D);
            const { loss, accuracy } = classify(context, features, targets);
            return { loss, outputs: { unscaledLoss: tf.clone(loss), accuracy } };
          },
        },
        state,
        inputs['rate'] as Scalar,
      );
    },
  };
}

/** Cross-entropy of the model's classifier. */
export function crossEntropyOf(
  model: Model,
  { labelSmoothing }: Configuration['loss'],
): ClassificationSetting['classify'] {
  return (context, features, { labels, ...several }) =>
    crossEntropy(model.head.apply(context, features), labels, { smoothing: labelSmoothing, ...several });
}

/** Large-margin softmax, which needs the classifier's weights and not only its logits. */
export function largeMarginOf({ angularMargin }: Configuration['loss']): ClassificationSetting['classify'] {
  return (context, features, { labels }) =>
    largeMarginLoss(features, labels, { kernel: classifierKernel(context), margin: angularMargin });
}
