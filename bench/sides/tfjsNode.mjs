/**
 * A side that runs the training step on TensorFlow.js for Node as it comes: operation by operation, on the same
 * native library as the engine `tensorflow`. Argument: JSON with the step's size. Answers `run K`.
 */
import { createRequire } from 'node:module';
import util from 'node:util';
import { getKernel, keep, registerKernel, tensor, tidy } from '@tensorflow/tfjs-core';
import '../../src/engine/gradients';
import { registerEagerBatchNorm } from '../../src/engine/eager/batchNorm';
import { BATCH_NORM_GRAD_KERNEL, BATCH_NORM_KERNEL } from '../../src/engine/ops/batchNorm';
import { findTensorflow } from '../../src/engine/tensorflow/library';
import { serve, timeSteps } from './answers.mjs';
import { trainingStep } from './step.mjs';

const BACKEND = 'tensorflow';

/**
 * @typedef {import('../../src/engine/engine').TensorSpecs} TensorSpecs
 * @typedef {import('../../src/engine/engine').NamedValues} NamedValues
 * @typedef {import('@tensorflow/tfjs-core').Tensor} Tensor
 */

/** @type {{ size: import('./step.mjs').StepSize }} */
const { size } = JSON.parse(process.argv[2] ?? '');

serve(async () => {
  await loadBackend();
  const { module, initial, batch, parameters } = trainingStep(size);
  const { train } = module.programs;
  const state = tensorsOf(module.state, initial);
  const inputs = tensorsOf(train.inputs, batch);
  const step = async () => eagerStep(train, inputs, state);
  const loss = await step();
  return {
    hello: { name: 'tfjs-node eager', parameters, loss },
    async answer(line) {
      return timeSteps(Number(line.split(' ')[1]), step);
    },
  };
});

/** Loads the package's own JavaScript with the native library that our engine found. */
async function loadBackend() {
  const library = findTensorflow();
  if ('missing' in library) throw new Error(library.missing);
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const require = createRequire(import.meta.url);
  // The package looks for the add-on in its own folder only.
  const paths = [require.resolve('@tensorflow/tfjs-node-gpu')];
  require(require.resolve('@mapbox/node-pre-gyp/lib/pre-binding', { paths })).find = () => library.addon;
  // Node 23 dropped two functions that the package calls.
  Object.assign(util, {
    isNullOrUndefined: (/** @type {unknown} */ value) => value == null,
    isArray: Array.isArray,
  });
  require('@tensorflow/tfjs-node-gpu');
  registerEagerBatchNorm();
  for (const name of [BATCH_NORM_KERNEL, BATCH_NORM_GRAD_KERNEL]) {
    const kernel = getKernel(name, 'cpu');
    if (kernel !== undefined) registerKernel({ ...kernel, backendName: BACKEND });
  }
}

/**
 * One step; the state's tensors are replaced by the new ones. Gives the loss.
 * @param {import('../../src/engine/engine').Program} program
 * @param {Record<string, Tensor>} inputs
 * @param {Record<string, Tensor>} state
 */
function eagerStep(program, inputs, state) {
  let loss = Number.NaN;
  tidy(() => {
    const result = program.build(inputs, state);
    for (const [name, value] of Object.entries(result.state ?? {})) {
      state[name]?.dispose();
      state[name] = keep(value);
    }
    loss = Number(result.outputs['loss']?.dataSync()[0]);
  });
  return loss;
}

/**
 * @param {TensorSpecs} specs
 * @param {NamedValues} values
 * @returns {Record<string, Tensor>}
 */
function tensorsOf(specs, values) {
  const entries = Object.entries(specs).map(([name, { shape, dtype }]) => [
    name,
    tensor(values[name] ?? [], [...shape], dtype),
  ]);
  return Object.fromEntries(entries);
}
