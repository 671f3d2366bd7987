/**
 * A whole training step in small: a three-stage residual network with batch normalisation and running statistics,
 * the supervised contrastive loss (arXiv 2004.11362, L_out), its gradients, and SGD with momentum.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { EngineModule, NamedValues, Program, Tensors, TensorSpecs } from '../../../src/engine/engine';
import { batchNormTraining } from '../../../src/engine/ops/batchNorm';
import { gradientsWithAux, type GradientsWithAux, type LossWithAux } from '../../../src/engine/ops/gradients';
import { randomSource } from './support';

export interface StepOptions {
  readonly views: number;
  readonly size: number;
  readonly width: number;
  readonly embedding: number;
}

const TEMPERATURE = 0.1;
const MOMENTUM = 0.9;
const LEARNING_RATE = 0.05;

/** `train` updates the state; `encode` uses the running statistics; `gradients` returns loss and all gradients. */
export function residualModule(options: StepOptions): EngineModule<'train' | 'encode' | 'gradients'> {
  const weights = weightSpecs(options);
  const statistics = statisticSpecs(weights);
  const slots = Object.fromEntries(Object.entries(weights).map(([name, spec]) => [`${name}/momentum`, spec]));
  const inputs: TensorSpecs = {
    images: { shape: [options.views, options.size, options.size, 3], dtype: 'float32' },
    labels: { shape: [options.views], dtype: 'int32' },
  };
  const programs = {
    train: { inputs, build: (given: Tensors, state: Tensors) => train(given, state, Object.keys(weights)) },
    gradients: {
      inputs,
      build: (given: Tensors, state: Tensors) => gradients(given, state, Object.keys(weights)),
    },
    encode: {
      inputs: { images: inputs['images'] },
      build: (given: Tensors, state: Tensors) => ({
        outputs: { z: embed(given['images'], state, inference) },
      }),
    },
  } satisfies Record<string, Program>;
  return { state: { ...weights, ...slots, ...statistics }, programs };
}

/** Random weights, unit scales, zero shifts and slots. */
export function residualState(module: EngineModule<string>, seed: number): NamedValues {
  const random = randomSource(seed);
  const values = Object.entries(module.state).map(([name, { shape }]): [string, Float32Array] => {
    const length = tf.util.sizeFromShape([...shape]);
    const fanIn = length / (shape.at(-1) ?? 1);
    if (/\/(gamma|variance)$/.test(name)) return [name, new Float32Array(length).fill(1)];
    if (/\/(beta|mean|momentum)$/.test(name)) return [name, new Float32Array(length)];
    return [name, Float32Array.from({ length }, () => random() * Math.sqrt(6 / fanIn))];
  });
  return Object.fromEntries(values);
}

function weightSpecs({ width, embedding }: StepOptions): TensorSpecs {
  const specs: Record<string, TensorSpecs[string]> = {};
  const add = (name: string, ...shape: number[]): void => void (specs[name] = { shape, dtype: 'float32' });
  const convolution = (name: string, size: number, from: number, to: number): void => {
    add(`${name}/filter`, size, size, from, to);
    add(`${name}/gamma`, to);
    add(`${name}/beta`, to);
  };
  convolution('stem', 3, 3, width);
  let channels = width;
  for (const stage of [0, 1, 2]) {
    const next = width << stage;
    convolution(`stage${stage}/a`, 3, channels, next);
    convolution(`stage${stage}/b`, 3, next, next);
    if (next !== channels) add(`stage${stage}/shortcut`, 1, 1, channels, next);
    channels = next;
  }
  add('head/1', channels, channels);
  add('head/2', channels, embedding);
  return specs;
}

function statisticSpecs(weights: TensorSpecs): TensorSpecs {
  const scales = Object.entries(weights).filter(([name]) => name.endsWith('/gamma'));
  return Object.fromEntries(
    scales.flatMap(([name, spec]) => ['mean', 'variance'].map((kind) => [name.replace('gamma', kind), spec])),
  );
}

type Normalise = (x: tf.Tensor4D, p: Tensors, name: string) => tf.Tensor4D;

const inference: Normalise = (x, p, name) =>
  tf.batchNorm(
    x,
    p[`${name}/mean`] as tf.Tensor1D,
    p[`${name}/variance`] as tf.Tensor1D,
    p[`${name}/beta`] as tf.Tensor1D,
    p[`${name}/gamma`] as tf.Tensor1D,
    1e-5,
  );

/** Normalises by the batch and notes the new running statistics. */
function training(updates: Record<string, tf.Tensor>): Normalise {
  return (x, p, name) => {
    const { y, ...batch } = batchNormTraining(x, p[`${name}/gamma`], p[`${name}/beta`], {
      epsilon: 1e-5,
    });
    for (const kind of ['mean', 'variance'] as const) {
      const running = `${name}/${kind}`;
      updates[running] = tf.add(tf.mul(p[running], 0.9), tf.mul(batch[kind], 0.1));
    }
    return y;
  };
}

function features(images: tf.Tensor, p: Tensors, normalise: Normalise): tf.Tensor2D {
  const convolve = (x: tf.Tensor4D, name: string, stride: number): tf.Tensor4D =>
    normalise(tf.conv2d(x, p[`${name}/filter`] as tf.Tensor4D, stride, 'same'), p, name);
  let h = tf.relu(convolve(images as tf.Tensor4D, 'stem', 1));
  for (const stage of [0, 1, 2]) {
    const stride = stage === 0 ? 1 : 2;
    const inner = tf.relu(convolve(h, `stage${stage}/a`, stride));
    const shortcut = p[`stage${stage}/shortcut`] as tf.Tensor4D | undefined;
    const skip = shortcut ? tf.conv2d(h, shortcut, stride, 'same') : h;
    h = tf.relu(tf.add(convolve(inner, `stage${stage}/b`, 1), skip));
  }
  return tf.mean(h, [1, 2]);
}

function embed(images: tf.Tensor, p: Tensors, normalise: Normalise): tf.Tensor2D {
  const hidden = tf.relu(tf.matMul(features(images, p, normalise), p['head/1'] as tf.Tensor2D));
  const z = tf.matMul(hidden, p['head/2']);
  return tf.div(z, tf.sqrt(tf.add(tf.sum(tf.square(z), 1, true), 1e-12)));
}

/** L_out over all views as anchors; an anchor without positives counts as zero. */
export function supConLoss(z: tf.Tensor2D, labels: tf.Tensor): tf.Scalar {
  const count = z.shape[0];
  const others = tf.sub(1, tf.eye(count));
  const similarities = tf.div(tf.matMul(z, z, false, true), TEMPERATURE);
  const shifted = tf.sub(similarities, tf.max(similarities, 1, true));
  const logProbability = tf.sub(shifted, tf.log(tf.sum(tf.mul(tf.exp(shifted), others), 1, true)));
  const same = tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32');
  const positives = tf.mul(same, others);
  const perAnchor = tf.sum(tf.mul(positives, logProbability), 1);
  return tf.neg(tf.mean(tf.div(perAnchor, tf.maximum(tf.sum(positives, 1), 1))));
}

function differentiate(given: Tensors, state: Tensors, names: readonly string[]): GradientsWithAux {
  const compute = (weights: readonly tf.Tensor[]): LossWithAux => {
    const statistics: Record<string, tf.Tensor> = {};
    const p = {
      ...state,
      ...Object.fromEntries(names.map((name, index) => [name, weights[index]])),
    };
    const z = embed(given['images'], p, training(statistics));
    return { loss: supConLoss(z, given['labels']), aux: statistics };
  };
  return gradientsWithAux(
    compute,
    names.map((name) => state[name]),
  );
}

function gradients(given: Tensors, state: Tensors, names: readonly string[]): { outputs: Tensors } {
  const result = differentiate(given, state, names);
  const byName = names.map((name, index) => [name, result.gradients[index]] as const);
  const z = embed(given['images'], state, training({}));
  const dz = tf.grad((x) => supConLoss(x as tf.Tensor2D, given['labels']))(z);
  return { outputs: { loss: result.loss, z, dz, ...Object.fromEntries(byName) } };
}

function train(
  given: Tensors,
  state: Tensors,
  names: readonly string[],
): { outputs: Tensors; state: Tensors } {
  const result = differentiate(given, state, names);
  const updates: Record<string, tf.Tensor> = { ...result.aux };
  names.forEach((name, index) => {
    const slot = `${name}/momentum`;
    const velocity = tf.add(tf.mul(state[slot], MOMENTUM), result.gradients[index]);
    updates[slot] = velocity;
    updates[name] = tf.sub(state[name], tf.mul(velocity, LEARNING_RATE));
  });
  return { outputs: { loss: result.loss }, state: updates };
}
