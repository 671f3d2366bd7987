/**
 * The problem on which optimisers are compared: a softmax regression of eight samples on three features plus a
 * quadratic in four values, every number given by a formula, so that peers/torch_optimisers.py has the same. The
 * rate falls from step to step, so it shows where in a formula the rate stands.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createEngine } from '../../src/engine/choose';
import { crossEntropy } from '../../src/trainer/losses/crossEntropy';
import { tensorSpecs } from '../../src/trainer/model/parameters';
import { trainingStep } from '../../src/trainer/programs/step';

export const STEPS = 50;
const SAMPLES = 8;
const FEATURES = 3;
const CLASSES = 2;
const QUADRATIC = 4;

/** @typedef {import('../../src/trainer/model/parameters').ParameterSpec} ParameterSpec */
/** @typedef {import('../../src/trainer/optimiser/optimiser').Optimiser} Optimiser */

/** @type {readonly ParameterSpec[]} */
const PARAMETERS = [
  { name: 'weights', shape: [FEATURES, CLASSES], role: 'kernel', initial: { constant: 0 } },
  { name: 'bias', shape: [CLASSES], role: 'plain', initial: { constant: 0 } },
  { name: 'quadratic', shape: [QUADRATIC], role: 'kernel', initial: { constant: 0 } },
];

/**
 * Values in a row by formula.
 * @param {number} length
 * @param {(i: number) => number} formula
 */
const values = (length, formula) => Array.from({ length }, (_, i) => formula(i));

/** The problem in plain numbers; matrices are row-major. */
export const PROBLEM = {
  features: values(SAMPLES * FEATURES, (i) => Math.sin(1 + 2 * i)),
  labels: values(SAMPLES, (i) => i % CLASSES),
  curvature: values(QUADRATIC, (i) => 0.5 + i),
  centre: values(QUADRATIC, (i) => Math.cos(3 * i)),
  /** @type {Record<string, number[]>} */
  initial: {
    weights: values(FEATURES * CLASSES, (i) => 0.5 * Math.cos(1 + i)),
    bias: values(CLASSES, (i) => 0.1 * i),
    quadratic: values(QUADRATIC, (i) => 2 + i),
  },
};

/**
 * The learning rate of a step, from the first one's.
 * @param {number} peak
 * @param {number} step
 */
export function rateOf(peak, step) {
  return peak * (1 - step / (2 * STEPS));
}

/**
 * All parameters after each step, side by side: weights, bias, quadratic.
 * @param {'eager' | 'onnx'} engine
 * @param {Optimiser} optimiser
 * @param {number} peak the first step's learning rate
 */
export async function trajectory(engine, optimiser, peak) {
  const slots = optimiser.slots(PARAMETERS);
  const { engine: chosen } = await createEngine(engine, { threads: 1 });
  const module = { state: tensorSpecs([...PARAMETERS, ...slots]), programs: { train: program(optimiser) } };
  const session = await chosen.load(module, initialState(slots));
  const names = PARAMETERS.map(({ name }) => name);
  const rows = [];
  for (let step = 0; step < STEPS; step++) {
    await session.run('train', { rate: Float32Array.of(rateOf(peak, step)) });
    const state = await session.readState(names);
    rows.push(names.flatMap((name) => [...(state[name] ?? [])]));
  }
  await session.dispose();
  return rows;
}

/** @param {readonly ParameterSpec[]} slots */
function initialState(slots) {
  const zeros = slots.map(({ name, shape }) => [
    name,
    new Float32Array(shape.reduce((n, size) => n * size, 1)),
  ]);
  const start = Object.entries(PROBLEM.initial).map(([name, list]) => [name, Float32Array.from(list)]);
  return Object.fromEntries([...start, ...zeros]);
}

/**
 * @param {Optimiser} optimiser
 * @returns {import('../../src/engine/engine').Program}
 */
function program(optimiser) {
  return {
    inputs: { rate: { shape: [], dtype: 'float32' } },
    build: ({ rate }, state) =>
      trainingStep(
        {
          parameters: PARAMETERS,
          optimiser,
          lossOf: ({ tensors }) => ({ loss: loss(tensors), outputs: {} }),
        },
        state,
        /** @type {tf.Scalar} */ (rate),
      ),
  };
}

/**
 * Mean cross-entropy of the softmax regression, plus half the curvature times the squared distance to the centre.
 * @param {import('../../src/engine/engine').Tensors} tensors
 * @returns {tf.Scalar}
 */
function loss({ weights, bias, quadratic }) {
  const features = tf.tensor2d(PROBLEM.features, [SAMPLES, FEATURES]);
  const logits = tf.add(
    tf.matMul(features, /** @type {tf.Tensor2D} */ (weights)),
    /** @type {tf.Tensor} */ (bias),
  );
  const labels = tf.tensor1d(PROBLEM.labels, 'int32');
  const terms = crossEntropy(/** @type {tf.Tensor2D} */ (logits), labels);
  const distance = tf.sub(/** @type {tf.Tensor} */ (quadratic), tf.tensor1d(PROBLEM.centre));
  const bowl = tf.mul(tf.sum(tf.mul(tf.square(distance), tf.tensor1d(PROBLEM.curvature))), 0.5);
  return tf.add(terms.loss, bowl);
}
