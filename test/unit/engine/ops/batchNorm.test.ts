import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createEagerEngine } from '../../../../src/engine/eager/eagerEngine';
import type { EngineModule, NamedValues, TensorSpecs } from '../../../../src/engine/engine';
import '../../../../src/engine/gradients';
import { batchNormTraining } from '../../../../src/engine/ops/batchNorm';
import { gradientsWithAux } from '../../../../src/engine/ops/gradients';
import { expectClose, randomValues } from '../support';

const EPSILON = 1e-3;
const SHAPES = [
  [2, 3, 2, 3],
  [5, 3],
];

function moduleFor(shape: readonly number[]): EngineModule<'run'> {
  const channels = { shape: shape.slice(-1), dtype: 'float32' } as const;
  const inputs: TensorSpecs = { x: { shape, dtype: 'float32' }, gamma: channels, beta: channels };
  const run = {
    inputs,
    build: (tensors: Readonly<Record<string, tf.Tensor>>) => {
      const names = Object.keys(inputs);
      const { loss, gradients, aux } = gradientsWithAux(
        (values) => {
          const [x, gamma, beta] = values;
          const { y, mean, variance } = batchNormTraining(x, gamma, beta, { epsilon: EPSILON });
          const weights = tf.reshape(tf.cos(tf.range(0, y.size)), y.shape);
          return { loss: tf.sum<tf.Scalar>(tf.mul(y, weights)), aux: { y, mean, variance } };
        },
        names.map((name) => tensors[name]),
      );
      const named = names.map((name, index) => [`d${name}`, gradients[index]] as const);
      return { outputs: { loss, ...aux, ...Object.fromEntries(named) } };
    },
  };
  return { state: {}, programs: { run } };
}

async function evaluate(shape: readonly number[], inputs: NamedValues): Promise<NamedValues> {
  const session = await createEagerEngine().load(moduleFor(shape), {});
  return session.run('run', inputs);
}

describe.each(SHAPES.map((shape) => [shape] as const))('batchNormTraining of %j', (shape) => {
  const inputs = randomValues(moduleFor(shape).programs.run.inputs, 12);
  const channels = shape.at(-1) ?? 0;

  it('normalises by mean and biased variance of the batch', async () => {
    const { y, mean, variance } = await evaluate(shape, inputs);
    const x = inputs['x'];
    for (let c = 0; c < channels; c++) {
      const own = Array.from(x).filter((_, index) => index % channels === c);
      const centre = own.reduce((sum, value) => sum + value, 0) / own.length;
      const spread = own.reduce((sum, value) => sum + (value - centre) ** 2, 0) / own.length;
      expect(mean[c]).toBeCloseTo(centre, 5);
      expect(variance[c]).toBeCloseTo(spread, 5);
      const first = (x[c] - centre) / Math.sqrt(spread + EPSILON);
      expect(y[c]).toBeCloseTo(first * inputs['gamma'][c] + inputs['beta'][c], 5);
    }
  });

  it('has the gradient that finite differences give', async () => {
    const gradients = await evaluate(shape, inputs);
    const step = 1e-2;
    for (const name of ['x', 'gamma', 'beta']) {
      const values = inputs[name];
      const differences = new Float32Array(values.length);
      for (let index = 0; index < values.length; index++) {
        const loss = async (by: number): Promise<number> => {
          const moved = Float32Array.from(values).with(index, values[index] + by);
          return (await evaluate(shape, { ...inputs, [name]: moved }))['loss'][0];
        };
        differences[index] = ((await loss(step)) - (await loss(-step))) / (2 * step);
      }
      expectClose(gradients[`d${name}`], differences, 2e-3);
    }
  });
});

describe('gradientsWithAux', () => {
  it('leaves no tensors behind', async () => {
    const inputs = randomValues(moduleFor([5, 3]).programs.run.inputs, 1);
    await evaluate([5, 3], inputs);
    const before = tf.memory().numTensors;
    await evaluate([5, 3], inputs);
    expect(tf.memory().numTensors).toBe(before);
  });
});
