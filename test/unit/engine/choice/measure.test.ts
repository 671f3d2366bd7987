/** How long an engine is timed, by a clock that the test turns. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../../src/engine/choice/measure';
import { makeTrial, moduleOf } from '../../../../src/engine/choice/trial';
import type { Engine, EngineSession } from '../../../../src/engine/engine';
import { createOnnxEngine } from '../../../../src/engine/onnx/onnxEngine';
import { tracedGraph } from '../../../../src/engine/trace/cache';

const trial = makeTrial({
  module: {
    state: { w: { shape: [3], dtype: 'float32' } },
    programs: {
      train: {
        inputs: {
          views: { shape: [4, 3], dtype: 'float32' },
          labels: { shape: [4], dtype: 'int32' },
          rate: { shape: [], dtype: 'float32' },
        },
        build: ({ views, labels, rate }, { w }) => {
          const loss = tf.sum(tf.mul(tf.sum(tf.mul(views, w), 1), tf.cast(labels, 'float32')));
          return { outputs: { loss }, state: { w: tf.sub(w, tf.mul(rate, tf.sum(views, 0))) } };
        },
      },
    },
  },
  initial: { w: Float32Array.of(1, 2, 3) },
});

/** An engine whose steps take the given times; the last one repeats. */
function timedBy(times: readonly number[]): {
  engine: Engine;
  now: () => number;
  state: () => [number, boolean];
} {
  let [clock, steps, isDisposed] = [0, 0, false];
  const session = {
    run: () => {
      clock += times[Math.min(steps++, times.length - 1)];
      return Promise.resolve({ loss: Float32Array.of(10 + steps) });
    },
    dispose: () => {
      isDisposed = true;
      return Promise.resolve();
    },
  };
  const load = () => Promise.resolve(session as unknown as EngineSession<string>);
  const engine = { name: 'onnx', device: 'cpu', precision: 'float32', load } as Engine;
  return { engine, now: () => clock, state: () => [steps, isDisposed] };
}

const stepsOf = async (times: readonly number[], bestMs = Infinity): Promise<[number, number]> => {
  const { engine, now, state } = timedBy(times);
  const { stepMs, loss } = await measure(engine, trial, bestMs, now);
  const [steps, isDisposed] = state();
  expect(loss).toBe(11);
  expect(isDisposed).toBe(true);
  return [steps, stepMs];
};

describe('measure', () => {
  it('warms up for one step, then times about a second', async () => {
    expect(await stepsOf([900, 250])).toEqual([1 + 4, 250]);
  });

  it('times a fast step often enough and no more', async () => {
    expect(await stepsOf([900, 1])).toEqual([1 + 20, 1]);
  });

  it('takes the median', async () => {
    expect(await stepsOf([10, 300, 200, 5000])).toEqual([4, 300]);
  });

  it('times a slow step once', async () => {
    expect(await stepsOf([4000, 3500])).toEqual([2, 3500]);
  });

  it('does not repeat a first step that takes ten seconds', async () => {
    expect(await stepsOf([12_000, 1])).toEqual([1, 12_000]);
  });

  it('gives up a candidate that is three times slower than the best, but not for its first step', async () => {
    expect(await stepsOf([900, 160], 50)).toEqual([2, 160]);
    expect(await stepsOf([900, 140], 50)).toEqual([1 + 8, 140]);
  });

  it('gives the loss of the first step of a real engine', async () => {
    const engine = await createOnnxEngine({ threads: 1 });
    const { stepMs, loss } = await measure(engine, trial, Infinity);
    const session = await engine.load(moduleOf(trial), trial.initial);
    const expected = (await session.run('train', trial.inputs))['loss'][0];
    expect(loss).toBe(expected);
    expect(Number.isFinite(loss)).toBe(true);
    expect(stepMs).toBeGreaterThan(0);
  });
});

describe('a trial', () => {
  it('is the step as it was, without the program that made it', () => {
    const module = moduleOf(trial);
    expect(Object.keys(module.state)).toEqual(['w']);
    expect(module.programs.train.inputs['labels']).toEqual({ shape: [4], dtype: 'int32' });
    const graph = tracedGraph(module.programs.train, module.state);
    expect(graph.stateUpdates.map(({ name }) => name)).toEqual(['w']);
  });

  it('has labels of two classes, a small rate, and noise for the rest', () => {
    const { labels, rate, views } = trial.inputs;
    expect(labels).toEqual(Int32Array.of(0, 1, 0, 1));
    expect(rate).toEqual(Float32Array.of(0.01));
    expect(new Set(views).size).toBe(12);
    expect(Math.max(...Array.from(views, Math.abs))).toBeLessThanOrEqual(1);
  });
});
