/** Starts the sides that several benchmarks share, and turns what is missing into sentences. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { MissingSideError, startChild } from '../protocol/child.mjs';

/**
 * @typedef {import('../protocol/child.mjs').Child} Child
 * @typedef {import('../protocol/child.mjs').Command} Command
 * @typedef {import('../sides/engine.mjs').EngineSetting} EngineSetting
 * @typedef {import('../sides/step.mjs').StepSize} StepSize
 *
 * @typedef {object} TorchSetting
 * @property {StepSize} size
 * @property {'cpu' | 'cuda'} device
 * @property {'float32' | 'tf32' | 'bfloat16'} precision
 * @property {boolean} compile
 */

/**
 * One of our engines on the training step.
 * @param {EngineSetting} setting
 * @param {Record<string, string>} [env]
 * @returns {Promise<Command>}
 */
export async function engineCommand(setting, env = {}) {
  return {
    program: process.execPath,
    args: [await bundleSide('sides/engine.mjs'), JSON.stringify(setting)],
    env,
  };
}

/**
 * PyTorch on the same step.
 * @param {TorchSetting} setting
 * @returns {Command}
 */
export function torchCommand(setting) {
  const script = join(import.meta.dirname, '..', 'peers', 'torch_step.py');
  const argument = JSON.stringify({ ...setting, threads: availableParallelism() });
  return { program: peersPython(), args: [script, argument], whenAbsent: NO_PEERS };
}

/**
 * TensorFlow.js for Node as it comes, operation by operation.
 * @param {StepSize} size
 * @returns {Promise<Command>}
 */
export async function tfjsNodeCommand(size) {
  return {
    program: process.execPath,
    args: [await bundleSide('sides/tfjsNode.mjs'), JSON.stringify({ size })],
  };
}

/**
 * A started child, or the sentence that says why there is none.
 * @param {Command} command
 * @returns {Promise<Child | string>}
 */
export async function tryStart(command) {
  try {
    return await startChild(command);
  } catch (error) {
    if (error instanceof MissingSideError) return error.message;
    throw error;
  }
}

/**
 * Milliseconds of each of `count` steps.
 * @param {Child} child
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function stepTimes(child, count) {
  const { ms } = await child.ask(`run ${count}`);
  return /** @type {number[]} */ (ms);
}
