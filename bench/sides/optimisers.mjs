/** Our optimisers on the common problem, in the cases of peers/torch_optimisers.py. */
import { adam } from '../../src/trainer/optimiser/adam';
import { rmsprop } from '../../src/trainer/optimiser/rmsprop';
import { sgd } from '../../src/trainer/optimiser/sgd';
import { trajectory } from './optimiserProblem.mjs';

const weightDecay = 0.01;
const squares = { rho: 0.9, epsilon: 1e-8, weightDecay };
const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };

/** @type {Record<string, { optimiser: import('../../src/trainer/optimiser/optimiser').Optimiser, peak: number }>} */
const CASES = {
  sgd: { optimiser: sgd({ momentum: 0.9, weightDecay }), peak: 0.1 },
  nesterov: { optimiser: sgd({ momentum: 0.9, weightDecay, nesterov: true }), peak: 0.1 },
  rmsprop: { optimiser: rmsprop({ ...squares, momentum: 0 }), peak: 0.02 },
  'rmsprop with momentum': { optimiser: rmsprop({ ...squares, momentum: 0.9 }), peak: 0.005 },
  adam: { optimiser: adam({ ...moments, decay: 'penalty' }), peak: 0.05 },
  adamw: { optimiser: adam({ ...moments, decay: 'shrinkage' }), peak: 0.05 },
};

/**
 * Parameters after each step, by case.
 * @param {'eager' | 'onnx'} engine
 */
export async function trajectories(engine) {
  /** @type {Record<string, number[][]>} */
  const found = {};
  for (const [name, { optimiser, peak }] of Object.entries(CASES)) {
    found[name] = await trajectory(engine, optimiser, peak);
  }
  return found;
}
