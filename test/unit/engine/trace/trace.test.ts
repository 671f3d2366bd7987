import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import type { Program } from '../../../../src/engine/engine';
import { printGraph } from '../../../../src/engine/graph/print';
import { SymbolicReadError, UnsupportedOperationError } from '../../../../src/engine/trace/errors';
import { traceProgram } from '../../../../src/engine/trace/trace';

const inputs = { x: { shape: [2, 3], dtype: 'float32' } } as const;
const state = { w: { shape: [3], dtype: 'float32' } } as const;

function traced(
  build: (x: tf.Tensor, w: tf.Tensor) => ReturnType<Program['build']>,
): ReturnType<typeof traceProgram> {
  return traceProgram({ inputs, build: ({ x }, { w }) => build(x, w) }, state);
}

describe('traceProgram', () => {
  it('records nodes, constants, outputs and state updates', () => {
    const graph = traced((x, w) => ({ outputs: { y: tf.relu(tf.mul(x, w)) }, state: { w: tf.add(w, 0.5) } }));
    expect(printGraph(graph)).toBe(
      [
        'input x = %0 float32[2, 3]',
        'state w = %1 float32[3]',
        '%2 float32[2, 3] = Binary(%0, %1) {"fn":"mul"}',
        '%3 float32[2, 3] = Unary(%2) {"fn":"relu"}',
        '%4 float32[] = Constant() {"values":0.5,"shape":[],"dtype":"float32"}',
        '%5 float32[3] = Binary(%1, %4) {"fn":"add"}',
        'output y = %3',
        'update w = %5',
      ].join('\n'),
    );
  });

  it('names an operation that it does not know, and the line that called it', () => {
    const call = (): unknown => traced((x) => ({ outputs: { y: tf.cumsum(x) } }));
    expect(call).toThrow(UnsupportedOperationError);
    expect(call).toThrow(/operation Cumsum .*trace\.test\.ts:\d+/);
  });

  it('names a known operation whose attributes it does not know', () => {
    const dilated = (x: tf.Tensor): tf.Tensor =>
      tf.conv2d(tf.reshape<tf.Rank.R4>(x, [1, 2, 3, 1]), tf.ones([1, 1, 1, 1]), 1, 'same', 'NHWC', 2);
    expect(() => traced((x) => ({ outputs: { y: dilated(x) } }))).toThrow(
      /operation Conv2D is traced without dilation only.*trace\.test\.ts:\d+/,
    );
  });

  it('explains that symbolic values cannot be read, and where', () => {
    const call = (): unknown => traced((x) => ({ outputs: { y: tf.mul(x, x.dataSync()[0]) } }));
    expect(call).toThrow(SymbolicReadError);
    expect(call).toThrow(/read inside a traced program .*trace\.test\.ts:\d+/);
  });

  it('lets concrete values be read', () => {
    const graph = traced((x) => ({ outputs: { y: tf.mul(x, tf.scalar(3).dataSync()[0]) } }));
    expect(printGraph(graph)).toContain('"values":3');
  });

  it('refuses updates of unknown state and of the wrong shape', () => {
    expect(() => traced((x, w) => ({ outputs: { x }, state: { v: w } }))).toThrow("updates 'v'");
    expect(() => traced((x) => ({ outputs: { x }, state: { w: x } }))).toThrow(
      "'w' is float32[3], but its update is float32[2, 3]",
    );
  });

  it('leaves the current backend and the number of tensors as they were, also after an error', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    const program = (x: tf.Tensor, w: tf.Tensor): ReturnType<Program['build']> => {
      const { value, grads } = tf.valueAndGrads((v: tf.Tensor) => tf.sum<tf.Scalar>(tf.relu(tf.mul(x, v))))([
        w,
      ]);
      return { outputs: { value }, state: { w: grads[0] } };
    };
    traced(program);
    expect(() => traced((x) => ({ outputs: { y: tf.cumsum(tf.neg(x)) } }))).toThrow();
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('refuses to trace inside a trace', () => {
    expect(() => traced((x) => (traced(() => ({ outputs: {} })), { outputs: { x } }))).toThrow(
      'inside another',
    );
  });
});
