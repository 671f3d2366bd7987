/** Stage 1: one step of supervised contrastive training on a batch of views. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import type { SupConTerms } from '../losses/supcon';
import { supConLoss } from '../losses/supcon';
import type { Model } from '../model/model';
import type { Optimiser } from '../optimiser/optimiser';
import { trainingStep } from './step';

export interface ViewBatch {
  /** N. */
  readonly images: number;
  /** V. */
  readonly views: number;
  /** Height, width and channels. */
  readonly shape: readonly [number, number, number];
}

export interface ContrastiveSetting {
  readonly temperature: number;
  /** Factor from the unscaled to the optimised loss. */
  readonly factor: number;
  readonly optimiser: Optimiser;
}

/**
 * Inputs: `views` [V*N, H, W, C] view-major, `labels` [V*N], `rate` []. Outputs: `loss`, `unscaledLoss`,
 * `gradientNorm`, `positivesPerAnchor`, `anchorsWithoutPositives`, the three cosine means, `deviation`.
 */
export function contrastiveProgram(model: Model, batch: ViewBatch, setting: ContrastiveSetting): Program {
  const count = batch.images * batch.views;
  return {
    inputs: viewInputs(batch),
    build(inputs, state) {
      const labels = inputs['labels'] as Tensor1D;
      return trainingStep(
        {
          parameters: model.parameters,
          optimiser: setting.optimiser,
          lossOf(context) {
            const features = model.encoder.apply(context, inputs['views'] as Tensor4D);
            const embeddings = model.head.apply(context, features);
            const terms = supConLoss(embeddings, labels, setting.temperature);
            const outputs = {
              unscaledLoss: terms.loss,
              ...geometry(terms, embeddings, sameImage(count, batch.images)),
            };
            return { loss: tf.mul(terms.loss, setting.factor), outputs };
          },
        },
        state,
        inputs['rate'] as Scalar,
      );
    },
  };
}

/** Inputs that every stage-1 program takes. */
export function viewInputs({ images, views, shape }: ViewBatch): Program['inputs'] {
  return {
    views: { shape: [images * views, ...shape], dtype: 'float32' },
    labels: { shape: [images * views], dtype: 'int32' },
    rate: { shape: [], dtype: 'float32' },
  };
}

/** 1 where two rows are different views of one image, [M, M]; views are laid out view-major. */
function sameImage(count: number, images: number): Tensor2D {
  const values = new Float32Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i % images; j < count; j += images) if (i !== j) values[i * count + j] = 1;
  }
  return tf.tensor2d(values, [count, count]);
}

function geometry(terms: SupConTerms, embeddings: Tensor2D, image: Tensor2D): Record<string, Tensor> {
  const { similarities, positives, others } = terms;
  const counts = tf.sum(positives, 1);
  const centred = tf.sub(embeddings, tf.mean(embeddings, 0, true));
  return {
    positivesPerAnchor: tf.mean(counts),
    anchorsWithoutPositives: tf.sum(tf.cast(tf.equal(counts, 0), 'float32')),
    cosineSameImage: meanWhere(similarities, image),
    cosineSameClass: meanWhere(similarities, tf.sub(positives, image)),
    cosineOtherClass: meanWhere(similarities, tf.sub(others, positives)),
    deviation: tf.mean(tf.sqrt(tf.mean(tf.square(centred), 0))),
  };
}

/** Mean of the values where the mask is 1; 0 / 0, not a number, where it is nowhere 1. */
function meanWhere(values: Tensor2D, mask: Tensor2D): Tensor {
  return tf.div(tf.sum(tf.mul(values, mask)), tf.sum(mask));
}
