/** The traced graph on onnxruntime against the eager oracle: one training step from a common state. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/engine/choose';
import type { EngineSession, NamedValues } from '../../../src/engine/engine';
import { residualModule, residualState, type StepOptions } from './residualStep';
import { expectClose, randomValues, relativeError } from './support';

const SIZES: readonly StepOptions[] = [
  { views: 16, size: 8, width: 4, embedding: 8 },
  { views: 8, size: 9, width: 6, embedding: 5 },
];

describe.each(SIZES)('a step of $views views of $size x $size at width $width', (options) => {
  const module = residualModule(options);
  const initial = residualState(module, 5);
  const inputs = randomValues(module.programs.train.inputs, 6);
  const both: Record<string, EngineSession<'train' | 'encode' | 'gradients'>> = {};

  beforeAll(async () => {
    for (const name of ['onnx', 'eager'] as const) {
      both[name] = await (await createEngine(name, { threads: 1 })).engine.load(module, initial);
    }
  });

  const run = async (program: 'train' | 'encode' | 'gradients'): Promise<[NamedValues, NamedValues]> => {
    const given = program === 'encode' ? { images: inputs['images'] } : inputs;
    const results = await Promise.all(['onnx', 'eager'].map(async (name) => both[name].run(program, given)));
    return [results[0], results[1]];
  };

  it('has the same loss, embeddings and gradients', async () => {
    const [actual, expected] = await run('gradients');
    expectClose(actual['loss'], expected['loss'], 1e-5);
    expectClose(actual['z'], expected['z'], 1e-5);
    expectClose(actual['dz'], expected['dz'], 1e-5);
    const weights = Object.keys(expected).filter((name) => name.includes('/'));
    const norms = weights.map((name) => Math.hypot(...expected[name]));
    const whole = Math.hypot(...norms);
    weights.forEach((name, index) => {
      if (norms[index] < 1e-6 * whole) expectClose(actual[name], expected[name], 1e-6 * whole);
      else expect(relativeError(actual[name], expected[name]), name).toBeLessThanOrEqual(1e-2);
    });
  });

  it('has the same state after a step, and the same encoder then', async () => {
    await run('train');
    const [actual, expected] = [await both['onnx'].readState(), await both['eager'].readState()];
    for (const name of Object.keys(module.state)) expectClose(actual[name], expected[name], 1e-4);
    const [z, oracle] = await run('encode');
    expectClose(z['z'], oracle['z'], 1e-4);
  });
});

describe('determinism', () => {
  it('gives bitwise equal losses in two sessions', async () => {
    const module = residualModule({ views: 8, size: 8, width: 4, embedding: 8 });
    const inputs = randomValues(module.programs.train.inputs, 8);
    const losses = async (): Promise<Float32Array[]> => {
      const { engine } = await createEngine('onnx', { threads: 2 });
      const session = await engine.load(module, residualState(module, 9));
      const values: Float32Array[] = [];
      for (let step = 0; step < 5; step++) {
        values.push((await session.run('train', inputs))['loss'] as Float32Array);
      }
      return values;
    };
    const [first, second] = [await losses(), await losses()];
    expect(first).toEqual(second);
    expect(new Set(first.map(([loss]) => loss)).size).toBe(5);
  });
});
