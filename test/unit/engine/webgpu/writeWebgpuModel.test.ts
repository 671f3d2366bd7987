/** The operators of a whole training step's model, without running it. */
import { describe, expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import * as tf from '@tensorflow/tfjs-core';
import type { Program } from '../../../../src/engine/engine';
import type { Graph } from '../../../../src/engine/graph/graph';
import { optimise } from '../../../../src/engine/graph/passes/optimise';
import type { OnnxNode } from '../../../../src/engine/onnx/proto';
import { modelOf } from '../../../../src/engine/onnx/writeModel';
import { traceProgram } from '../../../../src/engine/trace/trace';
import { toWebgpuOperators } from '../../../../src/engine/webgpu/operators';
import { separateTransposes } from '../../../../src/engine/webgpu/products';
import { writeWebgpuModel } from '../../../../src/engine/webgpu/writeWebgpuModel';
import { residualModule } from '../residualStep';

const module = residualModule({ views: 4, size: 8, width: 4, embedding: 4 });
const trainingStep = (): Graph => optimise(traceProgram(module.programs.train, module.state));

const namesOf = (nodes: readonly OnnxNode[]): string[] => nodes.flatMap(({ outputs }) => outputs);

describe('the operators for webgpu', () => {
  const shared = modelOf(separateTransposes(trainingStep()));
  const nodes = toWebgpuOperators(shared.nodes);

  it("hold none of onnxruntime's own, of which the shared model has some", () => {
    expect(shared.nodes.filter(({ domain }) => domain !== '').length).toBeGreaterThan(0);
    expect(nodes.filter(({ domain }) => domain !== '')).toEqual([]);
  });

  it('make every value of the shared model, each once, before it is used', () => {
    const made = namesOf(nodes);
    expect(new Set(made).size).toBe(made.length);
    expect(made).toEqual(expect.arrayContaining(namesOf(shared.nodes)));
    const known = new Set([...shared.inputs, ...shared.initializers].map(({ name }) => name));
    for (const { inputs, outputs } of nodes) {
      expect(inputs.filter((name) => name !== '' && !known.has(name))).toEqual([]);
      outputs.forEach((name) => known.add(name));
    }
  });

  it('keep the order of operands in a sum after a convolution, with and without bias', () => {
    const fused = (bias: string): OnnxNode => ({
      type: 'FusedConv',
      domain: 'com.microsoft',
      inputs: ['x', 'w', bias, 'z'],
      outputs: ['y'],
      attributes: { group: 2 },
    });
    const [convolution, sum] = toWebgpuOperators([fused('')]);
    expect(convolution).toMatchObject({ type: 'Conv', inputs: ['x', 'w'], attributes: { group: 2 } });
    expect(sum).toMatchObject({ type: 'Add', inputs: [convolution.outputs[0], 'z'], outputs: ['y'] });
    expect(toWebgpuOperators([fused('b')])[0]?.inputs).toEqual(['x', 'w', 'b']);
  });
});

describe('writeWebgpuModel', () => {
  it('gives the same bytes for the same program, and runs all of it on the device', () => {
    const [first, second] = [writeWebgpuModel(trainingStep()), writeWebgpuModel(trainingStep())];
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
    expect(first.cpuNodes).toEqual([]);
  });

  it('leaves the positions of maxima to the processor', () => {
    const spec = { shape: [1, 4, 4, 2], dtype: 'float32' } as const;
    const pool = (x: tf.Tensor): tf.Tensor => tf.sum(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'));
    const program: Program = {
      inputs: { x: spec },
      build: ({ x }) => ({ outputs: { dx: tf.grad(pool)(x) } }),
    };
    const graph = optimise(traceProgram(program, {}));
    const { cpuNodes } = writeWebgpuModel(graph);
    expect(cpuNodes).toHaveLength(1);
    const indices = modelOf(graph).nodes.find(({ outputs }) => outputs.length > 1);
    expect(cpuNodes[0]).toBe(indices?.outputs[0]);
  });
});
