/** The engine where its images fill whole blocks: a training step against the eager oracle, bit for bit repeatable. */
import { beforeAll, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { createEagerEngine } from '../../../../src/engine/eager/eagerEngine';
import type { EngineModule, NamedValues } from '../../../../src/engine/engine';
import { createOnnxEngine } from '../../../../src/engine/onnx/onnxEngine';
import { residualModule, residualState } from '../residualStep';
import { expectClose, randomValues, relativeError } from '../support';
import { blockOfThisMachine } from './support';

let block = 0;
beforeAll(async () => {
  block = await blockOfThisMachine();
});

type Module = EngineModule<'train' | 'encode' | 'gradients'>;

async function step(
  name: 'onnx' | 'eager',
  module: Module,
): Promise<Record<'gradients' | 'state', NamedValues>> {
  const engine = name === 'onnx' ? await createOnnxEngine({ threads: 2 }) : createEagerEngine();
  const session = await engine.load(module, residualState(module, 5));
  const inputs = randomValues(module.programs.train.inputs, 6);
  const gradients = await session.run('gradients', inputs);
  await session.run('train', inputs);
  const state = await session.readState();
  await session.dispose();
  return { gradients, state };
}

describe('the onnx engine at the width of a block', () => {
  it.each([4, 5])('takes the step of the oracle on images of %d pixels', async (size) => {
    const module = residualModule({ views: block, size, width: block, embedding: 8 });
    const [actual, expected] = [await step('onnx', module), await step('eager', module)];
    const norms = Object.values(expected.gradients).map((values) => Math.hypot(...values));
    const whole = Math.hypot(...norms);
    Object.entries(expected.gradients).forEach(([name, values], index) => {
      if ((norms[index] ?? 0) < 1e-6 * whole) expectClose(actual.gradients[name], values, 1e-6 * whole);
      else expect(relativeError(actual.gradients[name], values), name).toBeLessThanOrEqual(1e-2);
    });
    for (const name of Object.keys(module.state)) expectClose(actual.state[name], expected.state[name], 1e-4);
  });

  it('gives bitwise equal states in two sessions', async () => {
    const module = residualModule({ views: block, size: 4, width: block, embedding: 8 });
    const run = async (): Promise<NamedValues> => {
      const session = await (await createOnnxEngine({ threads: 2 })).load(module, residualState(module, 9));
      for (let count = 0; count < 5; count++)
        await session.run('train', randomValues(module.programs.train.inputs, count));
      const state = await session.readState();
      await session.dispose();
      return state;
    };
    expect(await run()).toEqual(await run());
  });
});

describe('createOnnxEngine', () => {
  it('refuses mixed precision in a sentence', async () => {
    const error = await createOnnxEngine({ precision: 'mixed' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HumanError);
    expect(error).toHaveProperty('message', expect.stringMatching(/float32 on a processor: set "precision"/));
  });

  it('names its threads and precision', async () => {
    const { device, precision } = await createOnnxEngine({ threads: 2, precision: 'float32' });
    expect([device, precision]).toEqual(['cpu, 2 threads', 'float32']);
  });
});
