/** What every engine's session promises, whichever engine it is. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/engine/choose';
import type { EngineModule, EngineSession } from '../../../src/engine/engine';

const pair = { shape: [2], dtype: 'float32' } as const;

/** `add` accumulates x into the state and counts; `look` reads it. */
const module: EngineModule<'add' | 'look' | 'constant'> = {
  state: { sum: pair, count: { shape: [], dtype: 'int32' }, untouched: pair },
  programs: {
    add: {
      inputs: { x: pair, unused: pair },
      build: ({ x }, state) => ({
        outputs: { before: state['sum'] },
        state: {
          sum: tf.add(state['sum'], x),
          count: tf.add(state['count'], tf.scalar(1, 'int32')),
        },
      }),
    },
    look: { inputs: {}, build: (_inputs, state) => ({ outputs: { twice: tf.mul(state['sum'], 2) } }) },
    constant: { inputs: {}, build: () => ({ outputs: { flag: tf.greater(tf.tensor1d([1, 2]), 1) } }) },
  },
};

const initial = { sum: Float32Array.of(1, 2), count: Int32Array.of(0), untouched: Float32Array.of(7, 8) };
const step = { x: Float32Array.of(10, 20), unused: new Float32Array(2) };

async function open(name: 'onnx' | 'eager'): Promise<EngineSession<'add' | 'look' | 'constant'>> {
  return (await createEngine(name, { threads: 1 })).engine.load(module, initial);
}

describe.each(['onnx', 'eager'] as const)('session of %s', (name) => {
  it('shares state between programs and keeps what no program changes', async () => {
    const session = await open(name);
    expect(await session.run('add', step)).toEqual({ before: Float32Array.of(1, 2) });
    expect(await session.run('add', step)).toEqual({ before: Float32Array.of(11, 22) });
    expect(await session.run('look', {})).toEqual({ twice: Float32Array.of(42, 84) });
    expect(await session.readState()).toEqual({
      sum: Float32Array.of(21, 42),
      count: Int32Array.of(2),
      untouched: Float32Array.of(7, 8),
    });
    await session.dispose();
  });

  it('gives flags as integers', async () => {
    const session = await open(name);
    expect(await session.run('constant', {})).toEqual({ flag: Int32Array.of(0, 1) });
  });

  it('copies state in and out', async () => {
    const session = await open(name);
    const written = Float32Array.of(5, 6);
    await session.writeState({ sum: written });
    written.fill(0);
    const read = await session.readState(['sum']);
    expect(read).toEqual({ sum: Float32Array.of(5, 6) });
    read['sum'].fill(0);
    expect(await session.run('look', {})).toEqual({ twice: Float32Array.of(10, 12) });
  });

  it('does not alter the initial values it was given', async () => {
    const session = await open(name);
    await session.run('add', step);
    expect(initial.sum).toEqual(Float32Array.of(1, 2));
  });

  it('refuses unknown names, wrong lengths, wrong types and missing tensors', async () => {
    const session = await open(name);
    await expect(session.readState(['sums'])).rejects.toThrow("no state tensor named 'sums'");
    await expect(session.writeState({ sums: new Float32Array(2) })).rejects.toThrow(
      "no state tensor named 'sums'",
    );
    await expect(session.writeState({ sum: new Float32Array(3) })).rejects.toThrow('Float32Array of 3');
    await expect(session.run('add', { ...step, x: new Int32Array(2) })).rejects.toThrow(
      "input 'x' must hold float32",
    );
    await expect(session.run('add', { x: step.x })).rejects.toThrow('Missing input: unused');
    const { engine } = await createEngine(name);
    await expect(engine.load(module, { sum: initial.sum })).rejects.toThrow(
      'Missing state tensor: count, untouched',
    );
  });
});

describe('several backends in one process', () => {
  it('leaves the current backend as it was', async () => {
    const eager = await open('eager');
    await tf.setBackend('cpu');
    const onnx = await open('onnx');
    expect(tf.getBackend()).toBe('cpu');
    await Promise.all([eager.run('add', step), onnx.run('add', step), eager.run('look', {})]);
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.tidy(() => tf.add(1, 2).dataSync()[0])).toBe(3);
  });
});
