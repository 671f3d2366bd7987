/** The rewritings of a graph that webgpu needs keep what the graph computes. */
import { describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import '../../../../src/engine/gradients';
import type { Program } from '../../../../src/engine/engine';
import type { Graph, GraphNode } from '../../../../src/engine/graph/graph';
import { optimise } from '../../../../src/engine/graph/passes/optimise';
import { traceProgram } from '../../../../src/engine/trace/trace';
import { toFloat16 } from '../../../../src/engine/webgpu/float16';
import { separateTransposes } from '../../../../src/engine/webgpu/products';
import { packScalars, SCALARS, unpackScalars } from '../../../../src/engine/webgpu/scalars';
import { residualModule } from '../residualStep';

const float = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;

function traced(program: Program): Graph {
  return optimise(traceProgram(program, {}));
}

describe('separateTransposes', () => {
  const product = traced({
    inputs: { a: float(5, 3, 2), b: float(5, 4, 3) },
    build: ({ a, b }) => ({ outputs: { y: tf.matMul(a, b, true, true) } }),
  });

  it('swaps the last two axes of each operand before the product', () => {
    const { nodes, outputs } = separateTransposes(product);
    expect(nodes.map(({ op }) => op)).toEqual(['Transpose', 'Transpose', 'MatMul']);
    expect(nodes[0]?.attributes).toEqual({ permutation: [0, 2, 1] });
    expect(nodes[2]?.attributes).toEqual({ transposeA: false, transposeB: false });
    expect(outputs[0]?.value.shape).toEqual([5, 2, 4]);
  });
});

describe('packScalars', () => {
  const graph = traced({
    inputs: { x: float(3) },
    build: ({ x }) => ({
      outputs: { sum: tf.sum(x), same: tf.neg(x), most: tf.reshape(tf.max(x), [1, 1]), count: tf.argMax(x) },
    }),
  });
  const packed = packScalars(graph);

  it('joins the float32 numbers and leaves everything else', () => {
    expect(packed.names).toEqual(['sum', 'most']);
    expect(packed.graph.outputs.map(({ name, value }) => [name, value.shape])).toEqual([
      ['same', [3]],
      ['count', []],
      [SCALARS, [2]],
    ]);
  });

  it('gives the new values ids of their own', () => {
    const values = packed.graph.nodes.flatMap(({ outputs }) => outputs);
    const ids = [...packed.graph.inputs.map(({ value }) => value), ...values].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is undone by unpackScalars', () => {
    const outputs = { same: Float32Array.of(-1, -2, -4), [SCALARS]: Float32Array.of(7, 4) };
    expect(unpackScalars(outputs, packed.names)).toEqual({
      same: outputs.same,
      sum: Float32Array.of(7),
      most: Float32Array.of(4),
    });
  });

  it('leaves a graph with one number alone', () => {
    const one = traced({
      inputs: { x: float(3) },
      build: ({ x }) => ({ outputs: { sum: tf.sum(x) } }),
    });
    expect(packScalars(one)).toEqual({ graph: one, names: [] });
  });
});

describe('toFloat16', () => {
  const module = residualModule({ views: 4, size: 8, width: 4, embedding: 4 });
  const { nodes, outputs, stateUpdates } = toFloat16(
    optimise(traceProgram(module.programs.train, module.state)),
  );
  const of = (op: GraphNode['op']): GraphNode[] => nodes.filter((node) => node.op === op);

  it('convolves in float16 and sums the gradients of filters in float32', () => {
    expect(of('Conv2D').length).toBeGreaterThan(0);
    for (const node of [...of('Conv2D'), ...of('Conv2DInputGrad')])
      expect(node.outputs[0]?.dtype).toBe('float16');
    for (const { inputs, outputs: results } of of('Conv2DFilterGrad'))
      expect([...inputs, ...results].map(({ dtype }) => dtype)).toEqual(['float32', 'float32', 'float32']);
  });

  it('gives the operands of those gradients in float16 precision, and never rounds the sums', () => {
    const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
    const sums = new Set(of('Conv2DFilterGrad').flatMap(({ outputs: results }) => results));
    for (const { inputs } of of('Conv2DFilterGrad'))
      for (const input of inputs) expect(makers.get(input)?.inputs[0]?.dtype).toBe('float16');
    const rounded = of('Cast').filter(({ inputs }) => inputs.some((input) => sums.has(input)));
    expect(rounded).toEqual([]);
  });

  it('leaves outputs and state in float32', () => {
    for (const { value } of [...outputs, ...stateUpdates]) expect(value.dtype).toBe('float32');
  });
});
