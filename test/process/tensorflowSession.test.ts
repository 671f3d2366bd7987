/** What a session on TensorFlow's library promises beyond its arithmetic. Fails where the library is not set up. */
import * as tf from '@tensorflow/tfjs-core';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineModule, EngineSession, NamedValues } from '../../src/engine/engine';
import { createEngine } from '../../src/engine/choose';
import { residualModule, residualState } from '../unit/engine/residualStep';
import { expectClose, randomValues, relativeError } from '../unit/engine/support';
import type { ChildReport } from './tensorflowChild';

const CPU = { threads: 2, device: { kind: 'cpu', index: 0 } } as const;
const pair = { shape: [2], dtype: 'float32' } as const;

const ROW = 64;

/** Stores its input under another shape. */
const KEEPER: EngineModule<'keep'> = {
  state: { row: { shape: [ROW], dtype: 'float32' } },
  programs: {
    keep: {
      inputs: { x: { shape: [ROW / 2, 2], dtype: 'float32' } },
      build: ({ x }) => ({ outputs: {}, state: { row: tf.reshape(x, [ROW]) } }),
    },
  },
};

/** `exchange` and `mix` read what they change. */
const module: EngineModule<'exchange' | 'mix' | 'count'> = {
  state: { 'a,b:0 ü': pair, b: pair, count: { shape: [], dtype: 'int32' } },
  programs: {
    exchange: {
      inputs: {},
      build: (_inputs, state) => ({
        outputs: {},
        state: { 'a,b:0 ü': state['b'], b: state['a,b:0 ü'] },
      }),
    },
    mix: {
      inputs: {},
      build: (_inputs, state) => {
        const [a, b] = [state['a,b:0 ü'], state['b']] as [tf.Tensor, tf.Tensor];
        return { outputs: { a, b }, state: { 'a,b:0 ü': tf.sub(a, b), b: tf.add(a, b) } };
      },
    },
    count: {
      inputs: {},
      build: (_inputs, state) => ({
        outputs: { isFirst: tf.equal(state['count'], 0) },
        state: { count: tf.add(state['count'], tf.scalar(1, 'int32')) },
      }),
    },
  },
};

const initial = { 'a,b:0 ü': Float32Array.of(1, 2), b: Float32Array.of(3, 4), count: Int32Array.of(0) };

async function open(): Promise<EngineSession<'exchange' | 'mix' | 'count'>> {
  return (await createEngine('tensorflow', CPU)).engine.load(module, initial);
}

describe('a session', () => {
  it('reads all state before it changes any', async () => {
    const session = await open();
    const expected: [number, number] = [1, 3];
    for (let step = 0; step < 20; step++) {
      const { a, b } = await session.run('mix', {});
      expect([a[0], b[0]]).toEqual(expected);
      expected.splice(0, 2, expected[0] - expected[1], expected[0] + expected[1]);
    }
    await session.writeState(initial);
    for (let step = 0; step < 3; step++) expect(await session.run('exchange', {})).toEqual({});
    expect(await session.readState(['b'])).toEqual({ b: Float32Array.of(1, 2) });
    await session.dispose();
  });

  it('keeps nothing of the arrays that it is given', async () => {
    const { engine } = await createEngine('tensorflow', CPU);
    const session = await engine.load(KEEPER, { row: new Float32Array(ROW) });
    // TensorFlow borrows an array only where its address suits it: one in four.
    for (let attempt = 1; attempt <= 40; attempt++) {
      const values = new Float32Array(ROW).fill(attempt);
      if (attempt % 2 === 0) await session.writeState({ row: values });
      else await session.run('keep', { x: values });
      values.fill(0);
      expect(await session.readState()).toEqual({ row: new Float32Array(ROW).fill(attempt) });
    }
    await session.dispose();
  });

  it('gives flags as integers, and reads and writes integer state', async () => {
    const session = await open();
    expect(await session.run('count', {})).toEqual({ isFirst: Int32Array.of(1) });
    expect(await session.run('count', {})).toEqual({ isFirst: Int32Array.of(0) });
    expect(await session.readState(['count'])).toEqual({ count: Int32Array.of(2) });
    expect(await session.readState([])).toEqual({});
    await session.dispose();
  });

  it('has its own state, and its programs only its names', async () => {
    const [first, second] = [await open(), await open()];
    await first.writeState({ b: Float32Array.of(0, 0) });
    expect(await second.readState(['b'])).toEqual({ b: initial.b });
    await expect(first.readState(['c'])).rejects.toThrow("no state tensor named 'c'");
    await expect(first.writeState({ b: new Float32Array(3) })).rejects.toThrow('Float32Array of 3');
    await first.dispose();
    await expect(first.run('mix', {})).rejects.toThrow('disposed');
    expect(await second.run('exchange', {})).toEqual({});
    await second.dispose();
  });

  it('leaves no files behind', async () => {
    const ours = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith('supcon-tensorflow-'));
    const before = ours();
    await (await open()).dispose();
    expect(ours()).toEqual(before);
  });
});

describe('a training step', () => {
  const step = residualModule({ views: 16, size: 8, width: 16, embedding: 8 });
  const state = residualState(step, 5);
  const inputs = randomValues(step.programs.train.inputs, 6);

  const gradients = async (
    name: 'tensorflow' | 'eager',
    precision: 'float32' | 'mixed',
  ): Promise<NamedValues> => {
    const { engine, info } = await createEngine(name, { ...CPU, precision });
    expect(info.precision).toBe(precision === 'mixed' ? 'bfloat16' : 'float32');
    const session = await engine.load(step, state);
    const outputs = await session.run('gradients', inputs);
    await session.dispose();
    return outputs;
  };

  it("has the oracle's loss and gradients", async () => {
    const [actual, expected] = [
      await gradients('tensorflow', 'float32'),
      await gradients('eager', 'float32'),
    ];
    expect(relativeError(actual['loss'], expected['loss'])).toBeLessThanOrEqual(1e-5);
    expectClose(actual['z'], expected['z'], 1e-5);
    for (const name of Object.keys(expected)) {
      expect(relativeError(actual[name], expected[name]), name).toBeLessThanOrEqual(1e-2);
    }
  });

  it('has nearly the same loss in mixed precision', async () => {
    const [mixed, whole] = [await gradients('tensorflow', 'mixed'), await gradients('tensorflow', 'float32')];
    expect(relativeError(mixed['loss'], whole['loss'])).toBeLessThanOrEqual(2e-2);
    expect(mixed['loss']).not.toEqual(whole['loss']);
  });
});

describe('a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-test-'));
  const program = join(folder, 'child.cjs');
  const run = (): ChildReport =>
    JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' })) as ChildReport;
  let first: ChildReport;

  beforeAll(async () => {
    await build({
      entryPoints: [join(import.meta.dirname, 'tensorflowChild.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
      banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
      external: ['onnxruntime-node'],
      logLevel: 'error',
    });
    first = run();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('repeats the losses of another bit for bit', () => {
    expect(new Set(first.losses).size).toBe(60);
    expect(run().losses).toEqual(first.losses);
  });

  it('takes no more memory after 2,000 runs, and keeps no native tensors', () => {
    expect(first.tensors).toBe(0);
    expect(first.growthMegabytes).toBeLessThan(64);
  });
});
