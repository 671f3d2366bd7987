/**
 * Every optimiser takes the published steps: 50 of them within 1e-5 of the formula in plain double-precision numbers,
 * on the oracle and on the default engine, with weight decay 0.01 on all but the bias and a falling rate.
 */
import { describe, expect, test } from 'vitest';
import { trajectory } from '../../../../bench/sides/optimiserProblem.mjs';
import { adam } from '../../../../src/trainer/optimiser/adam';
import { clipped } from '../../../../src/trainer/optimiser/clipped';
import { lars } from '../../../../src/trainer/optimiser/lars';
import { rmsprop } from '../../../../src/trainer/optimiser/rmsprop';
import { sgd } from '../../../../src/trainer/optimiser/sgd';
import * as reference from './reference';

const weightDecay = 0.01;
const squares = { rho: 0.9, epsilon: 1e-8, weightDecay };
const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };
const plain = { momentum: 0.9, weightDecay };

const CASES = [
  { name: 'sgd', optimiser: sgd(plain), update: reference.sgd(0.9, false), peak: 0.1 },
  {
    name: 'nesterov',
    optimiser: sgd({ ...plain, nesterov: true }),
    update: reference.sgd(0.9, true),
    peak: 0.1,
  },
  {
    name: 'rmsprop',
    optimiser: rmsprop({ ...squares, momentum: 0 }),
    update: reference.rmsprop(0.9, 0),
    peak: 0.02,
  },
  {
    name: 'rmsprop with momentum',
    optimiser: rmsprop({ ...squares, momentum: 0.9 }),
    update: reference.rmsprop(0.9, 0.9),
    peak: 0.005,
  },
  {
    name: 'adam',
    optimiser: adam({ ...moments, decay: 'penalty' }),
    update: reference.adam(0.9, 0.999, false),
    peak: 0.05,
  },
  {
    name: 'adamw',
    optimiser: adam({ ...moments, decay: 'shrinkage' }),
    update: reference.adam(0.9, 0.999, true),
    peak: 0.05,
  },
  {
    name: 'lars',
    optimiser: lars({ ...plain, trustCoefficient: 0.001 }),
    update: reference.lars(0.001, 0.9),
    peak: 5,
  },
  {
    name: 'sgd clipped to a norm of 0.5',
    optimiser: clipped(sgd(plain), 0.5),
    update: reference.sgd(0.9, false),
    peak: 0.1,
    clip: 0.5,
  },
];

describe.each(['eager', 'onnx'] as const)('50 steps on %s', (engine) => {
  test.each(CASES)('of $name', async ({ optimiser, update, peak, clip }) => {
    const ours = await trajectory(engine, optimiser, peak);
    const wanted = reference.referenceTrajectory(update, { peak, weightDecay, clip });
    expect(largestDifference(ours, wanted)).toBeLessThan(1e-5);
  });
});

/**
 * Printed by PyTorch 2 in float64 on the same problem (bench/peers/torch_optimisers.py): weight 0, bias 0 and value 3
 * of the quadratic after step 50. `npm run bench -- optimisers` compares all values of all steps.
 */
test.each([
  ['sgd', 0.237980848, 0.018230321, -0.89597497],
  ['nesterov', 0.237133179, 0.018580692, -0.908635964],
  ['rmsprop', 0.208508318, 0.038049298, 4.089281305],
  ['rmsprop with momentum', 0.210972204, 0.042389286, 3.201388621],
  ['adam', 0.215657465, 0.042997332, 3.188792005],
  ['adamw', 0.291328062, 0.050948924, 3.116056505],
])('%s ends where PyTorch does', (name, weight, bias, quadratic) => {
  const found = CASES.find((known) => known.name === name);
  if (found === undefined) throw new Error(name);
  const last = reference.referenceTrajectory(found.update, { peak: found.peak, weightDecay }).at(-1) ?? [];
  expect(last[0]).toBeCloseTo(weight, 8);
  expect(last[6]).toBeCloseTo(bias, 8);
  expect(last[11]).toBeCloseTo(quadratic, 8);
});

function largestDifference(ours: number[][], wanted: number[][]): number {
  expect(ours.flat()).toHaveLength(wanted.flat().length);
  const flat = wanted.flat();
  return ours.flat().reduce((most, value, i) => Math.max(most, Math.abs(value - flat[i])), 0);
}
