/** Accumulation and clipping around an optimiser, on a loss whose gradient is the input: the sum of x w. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../../src/engine/choose';
import type { EngineSession, NamedValues } from '../../../../src/engine/engine';
import { initialValues, tensorSpecs } from '../../../../src/trainer/model/parameters';
import type { ParameterSpec } from '../../../../src/trainer/model/parameters';
import { SUM_PREFIX, accumulated } from '../../../../src/trainer/optimiser/accumulated';
import { adam } from '../../../../src/trainer/optimiser/adam';
import { clipped } from '../../../../src/trainer/optimiser/clipped';
import { lars } from '../../../../src/trainer/optimiser/lars';
import type { Optimiser } from '../../../../src/trainer/optimiser/optimiser';
import { sgd } from '../../../../src/trainer/optimiser/sgd';
import { trainingStep } from '../../../../src/trainer/programs/step';

const parameter = (constant: number): ParameterSpec => ({
  name: 'w',
  shape: [2],
  role: 'kernel',
  initial: { constant },
});
const ADAM = adam({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, decay: 'shrinkage' });
const SGD = sgd({ momentum: 0.9, weightDecay: 0.01 });

async function load(engine: 'eager' | 'onnx', optimiser: Optimiser, start = 1) {
  const parameters = [parameter(start)];
  const state = [...parameters, ...optimiser.slots(parameters)];
  const lossOf = (x: tf.Tensor) => (context: { tensors: Readonly<Record<string, tf.Tensor>> }) => ({
    loss: tf.sum<tf.Scalar>(tf.mul(x, context.tensors['w'])),
    outputs: {},
  });
  const chosen = await createEngine(engine, { threads: 1 });
  const program = {
    inputs: {
      x: { shape: [2], dtype: 'float32' as const },
      rate: { shape: [], dtype: 'float32' as const },
    },
    build: ({ x, rate }: Readonly<Record<string, tf.Tensor>>, tensors: Readonly<Record<string, tf.Tensor>>) =>
      trainingStep({ parameters, optimiser, lossOf: lossOf(x) }, tensors, rate as tf.Scalar),
  };
  return chosen.engine.load(
    { state: tensorSpecs(state), programs: { train: program } },
    initialValues(state, 1),
  );
}

function call(session: EngineSession<'train'>, x: readonly number[], rate: number): Promise<NamedValues> {
  return session.run('train', { x: Float32Array.from(x), rate: Float32Array.of(rate) });
}

const weightsOf = async (session: EngineSession<'train'>) => [...(await session.readState(['w']))['w']];

describe.each(['eager', 'onnx'] as const)('on %s', (engine) => {
  test.each([
    { name: 'sgd', inner: SGD },
    { name: 'adamw', inner: ADAM },
    { name: 'clipped sgd', inner: clipped(SGD, 0.5) },
  ])('three accumulated batches move $name as one step on their mean gradient', async ({ inner }) => {
    const summing = await load(engine, accumulated(inner, 3));
    const whole = await load(engine, inner);
    for (const rate of [0.1, 0.05]) {
      const before = await weightsOf(summing);
      await call(summing, [3, 0], rate);
      await call(summing, [0, -6], rate);
      expect(await weightsOf(summing)).toEqual(before);
      const { gradientNorm } = await call(summing, [6, 0], rate);
      // The mean of the three is (3, -2), of norm sqrt 13.
      expect(gradientNorm[0]).toBeCloseTo(Math.sqrt(13), 5);
      await call(whole, [3, -2], rate);
      const [a, b] = await weightsOf(whole);
      expect(await weightsOf(summing)).toEqual([expect.closeTo(a, 6), expect.closeTo(b, 6)]);
    }
    const sums = await summing.readState([`${SUM_PREFIX}w`]);
    expect([...sums[`${SUM_PREFIX}w`]].map(Math.abs)).toEqual([0, 0]);
  });

  test('clipping keeps direction and bounds the norm, and the norm from before is reported', async () => {
    const session = await load(engine, clipped(sgd({ momentum: 0, weightDecay: 0 }), 1));
    // (3, 4) has norm 5 and becomes (0.6, 0.8); (0.3, 0.4) is below the limit and stays.
    const { gradientNorm, updateNorm, parameterNorm } = await call(session, [3, 4], 1);
    expect(gradientNorm[0]).toBeCloseTo(5, 5);
    expect(updateNorm[0]).toBeCloseTo(1, 5);
    expect(parameterNorm[0]).toBeCloseTo(Math.sqrt(0.4 ** 2 + 0.2 ** 2), 5);
    expect(await weightsOf(session)).toEqual([expect.closeTo(0.4, 6), expect.closeTo(0.2, 6)]);
    expect((await call(session, [0.3, 0.4], 1))['gradientNorm'][0]).toBeCloseTo(0.5, 6);
    expect(await weightsOf(session)).toEqual([expect.closeTo(0.1, 6), expect.closeTo(-0.2, 6)]);
  });

  test('lars moves weights of zero by the plain rate, and survives a gradient of zero without decay', async () => {
    const setting = { momentum: 0, weightDecay: 0, trustCoefficient: 0.001 };
    const session = await load(engine, lars(setting), 0);
    await call(session, [0, 0], 1);
    expect(await weightsOf(session)).toEqual([0, 0]);
    await call(session, [3, 4], 0.1);
    expect(await weightsOf(session)).toEqual([expect.closeTo(-0.3, 6), expect.closeTo(-0.4, 6)]);
    // Norm 0.5 against gradient norm 5: the ratio is 1e-4, and the step 1e-4 of (3, 4).
    await call(session, [3, 4], 1);
    expect(await weightsOf(session)).toEqual([expect.closeTo(-0.3003, 6), expect.closeTo(-0.4004, 6)]);
  });
});
