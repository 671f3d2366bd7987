/**
 * The online linear probe: a linear classifier that is trained beside stage 1 on the features of the same batches. It
 * stands outside of what is differentiated, so nothing of it reaches the encoder (a stop-gradient), and its own gradient
 * is the closed form of softmax regression. Features are centred and scaled by one number to a mean squared length of
 * 1: then the largest curvature is 1/2 whatever the encoder, and one rate serves all.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Program, ProgramResult, Tensors } from '../../engine/engine';
import { crossEntropy } from '../losses/crossEntropy';
import type { ModelContext } from '../model/layers';
import type { Model } from '../model/model';
import type { ParameterSpec } from '../model/parameters';
import { initialValues, tensorSpecs } from '../model/parameters';
import type { TrainingModule } from '../module';

/** Names of the probe's tensors in the session's state. */
export const ONLINE_PROBE = {
  kernel: 'online-probe/kernel',
  bias: 'online-probe/bias',
  kernelVelocity: 'online-probe/kernel-velocity',
  biasVelocity: 'online-probe/bias-velocity',
  /** Running mean of the features, [F], and of their squared distance to it, []. */
  mean: 'online-probe/mean',
  variance: 'online-probe/variance',
} as const;

const RATE = 1;
const MOMENTUM = 0.9;
/** Weight of the old running statistics. */
const STATISTICS_MOMENTUM = 0.9;
const SMALLEST_VARIANCE = 1e-12;

/** Under this name the encoder's features leave the wrapped program. */
const FEATURES = 'online-probe:features';

/**
 * A training module with the probe beside its program `train`: further outputs `onlineProbeLoss` and
 * `onlineProbeAccuracy`, and the probe's tensors among the state. Everything else of the module stays as it is.
 * @param moduleOf makes the module of a model; the inputs of `train` hold `labels`
 */
export function withOnlineProbe(
  moduleOf: (model: Model) => TrainingModule,
  model: Model,
  classes: number,
): TrainingModule {
  const { module, initial } = moduleOf(showingFeatures(model));
  const own = probeState(model.encoder.featureWidth, classes);
  return {
    module: {
      state: { ...module.state, ...tensorSpecs(own) },
      programs: { ...module.programs, train: beside(module.programs.train, classes) },
    },
    // Nothing of it is drawn by chance, so any seed will do.
    initial: { ...initial, ...initialValues(own, 0) },
  };
}

function beside(program: Program, classes: number): Program {
  return {
    ...program,
    ...(program.key === undefined ? {} : { key: JSON.stringify([program.key, 'online probe', classes]) }),
    build(inputs, state) {
      const { outputs, state: updated = {} } = program.build(inputs, state);
      const { [FEATURES]: features, ...kept } = updated;
      const probe = probeStep(features as Tensor2D, inputs['labels'] as Tensor1D, state);
      return { outputs: { ...outputs, ...probe.outputs }, state: { ...kept, ...probe.state } };
    },
  };
}

/** The probe's tensors for features of `width`. */
function probeState(width: number, classes: number): ParameterSpec[] {
  const entry = (name: string, shape: readonly number[], constant: number): ParameterSpec => ({
    name,
    shape,
    role: 'statistic',
    initial: { constant },
  });
  return [
    entry(ONLINE_PROBE.kernel, [width, classes], 0),
    entry(ONLINE_PROBE.bias, [classes], 0),
    entry(ONLINE_PROBE.kernelVelocity, [width, classes], 0),
    entry(ONLINE_PROBE.biasVelocity, [classes], 0),
    entry(ONLINE_PROBE.mean, [width], 0),
    entry(ONLINE_PROBE.variance, [], 1),
  ];
}

/** The same model, whose encoder leaves its features among the statistics of a training step. */
function showingFeatures(model: Model): Model {
  const { encoder } = model;
  return {
    ...model,
    encoder: {
      ...encoder,
      apply(context: ModelContext, images) {
        const features = encoder.apply(context, images);
        if (context.mode === 'train') context.statistics[FEATURES] = features;
        return features;
      },
    },
  };
}

/** One step of softmax regression by gradient descent with momentum. */
function probeStep(features: Tensor2D, labels: Tensor1D, state: Tensors): Required<ProgramResult> {
  const { mean, variance, centred } = standardise(features);
  const kernel = state[ONLINE_PROBE.kernel] as Tensor2D;
  const logits: Tensor2D = tf.add(tf.matMul(centred, kernel), state[ONLINE_PROBE.bias]);
  const { loss, accuracy } = crossEntropy(logits, labels);
  const error = tf.div(tf.sub(tf.softmax(logits), labelRows(labels, logits.shape[1])), features.shape[0]);
  return {
    outputs: { onlineProbeLoss: loss, onlineProbeAccuracy: accuracy },
    state: {
      ...descend(state, ONLINE_PROBE.kernel, ONLINE_PROBE.kernelVelocity, tf.matMul(centred, error, true)),
      ...descend(state, ONLINE_PROBE.bias, ONLINE_PROBE.biasVelocity, tf.sum(error, 0)),
      [ONLINE_PROBE.mean]: blend(state[ONLINE_PROBE.mean], mean),
      [ONLINE_PROBE.variance]: blend(state[ONLINE_PROBE.variance], variance),
    },
  };
}

function standardise(features: Tensor2D): { mean: Tensor; variance: Tensor; centred: Tensor2D } {
  const mean = tf.mean(features, 0);
  const offset: Tensor2D = tf.sub(features, mean);
  const variance = tf.mean(tf.sum(tf.square(offset), 1));
  return { mean, variance, centred: tf.div(offset, tf.sqrt(tf.add(variance, SMALLEST_VARIANCE))) };
}

function labelRows(labels: Tensor1D, classes: number): Tensor {
  return tf.cast(
    tf.equal(tf.expandDims(labels, 1), tf.expandDims(tf.range(0, classes, 1, 'int32'), 0)),
    'float32',
  );
}

function descend(
  state: Tensors,
  name: string,
  velocityName: string,
  gradient: Tensor,
): Record<string, Tensor> {
  const velocity = tf.add(tf.mul(state[velocityName], MOMENTUM), gradient);
  return { [velocityName]: velocity, [name]: tf.sub(state[name], tf.mul(velocity, RATE)) };
}

function blend(old: Tensor, fresh: Tensor): Tensor {
  return tf.add(tf.mul(old, STATISTICS_MOMENTUM), tf.mul(fresh, 1 - STATISTICS_MOMENTUM));
}
