/**
 * The trainer's own step at small size, for comparing engines: any architecture and loss of the configuration on
 * 8 x 8 images, 8 images x 2 views.
 */
import * as tf from '@tensorflow/tfjs-core';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import type { Configuration, PartialConfiguration } from '../../src/domain/configuration/schema';
import { fillNormal } from '../../src/domain/random/fill';
import { randomStream } from '../../src/domain/random/stream';
import type { EngineModule, NamedValues, Program } from '../../src/engine/engine';
import { supConLoss } from '../../src/trainer/losses/supcon';
import { createModel } from '../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../src/trainer/model/parameters';
import { createOptimiser } from '../../src/trainer/optimiser/createOptimiser';
import { stageOneProgram } from '../../src/trainer/programs/stageOne';

export const BATCH = { images: 8, views: 2, shape: [8, 8, 3] } as const;
const VIEWS = BATCH.images * BATCH.views;
const CLASSES = 4;

/** A step with its state before the first one. */
export interface ParityStep {
  readonly module: EngineModule<'train'>;
  readonly initial: NamedValues;
}

/** The step of a configuration; without weight decay, so that a first step leaves its gradients in the momentum slots. */
export function parityStep(changes: PartialConfiguration): ParityStep {
  const configuration: Configuration = parseConfiguration(
    { optimiser: { momentum: 0.9, weightDecay: 0 }, ...changes },
    'test',
  );
  const [height, width, channels] = BATCH.shape;
  const model = createModel(configuration, { height, width, channels }, CLASSES);
  const batch = {
    ...BATCH,
    views: configuration.augmentation.views,
    images: VIEWS / configuration.augmentation.views,
  };
  const state = [...model.parameters, ...createOptimiser(configuration).slots(model.parameters)];
  return {
    module: {
      state: tensorSpecs(state),
      programs: { train: stageOneProgram(configuration, model, batch) },
    },
    initial: initialValues(state, 3),
  };
}

/** Random views with labels, in the trainer's order: view after view. */
export function parityInputs(step: number): NamedValues {
  const views = new Float32Array(VIEWS * BATCH.shape[0] * BATCH.shape[1] * BATCH.shape[2]);
  return {
    views: fillNormal(views, randomStream(11, step), 1),
    labels: Int32Array.from({ length: VIEWS }, (_, view) => (view % BATCH.images) % CLASSES),
    rate: Float32Array.of(0.05),
  };
}

/** The loss on given embeddings, and its gradient with respect to them. */
export function embeddingGradientModule(temperature: number): EngineModule<'gradient'> {
  const gradient: Program = {
    inputs: {
      embeddings: { shape: [VIEWS, 32], dtype: 'float32' },
      labels: { shape: [VIEWS], dtype: 'int32' },
    },
    build({ embeddings, labels }) {
      const loss = (x: tf.Tensor): tf.Scalar =>
        supConLoss(x as tf.Tensor2D, labels as tf.Tensor1D, { temperature }).loss;
      return { outputs: { loss: loss(embeddings), gradient: tf.grad(loss)(embeddings) } };
    },
  };
  return { state: {}, programs: { gradient } };
}

/** Rows of unit length, and labels. */
export function embeddingInputs(): NamedValues {
  const embeddings = fillNormal(new Float32Array(VIEWS * 32), randomStream(12, 1), 1);
  for (let row = 0; row < VIEWS; row++) {
    const values = embeddings.subarray(row * 32, (row + 1) * 32);
    const norm = Math.hypot(...values);
    values.forEach((value, index) => (values[index] = value / norm));
  }
  return { embeddings, labels: parityInputs(0)['labels'] ?? new Int32Array() };
}
