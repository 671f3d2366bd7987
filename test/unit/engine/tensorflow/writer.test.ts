/** The structure of the graphs that TensorFlow gets; their arithmetic is checked in test/process. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../src/engine/graph/builder';
import type { Graph, Value } from '../../../../src/engine/graph/graph';
import { optimise } from '../../../../src/engine/graph/passes/optimise';
import { reducePrecision } from '../../../../src/engine/graph/passes/precision';
import { writeSavedModel } from '../../../../src/engine/tensorflow/savedModel/writer';
import { traceProgram } from '../../../../src/engine/trace/trace';
import { CASES, given, INPUTS } from '../../../process/tensorflowCases';
import { residualModule } from '../residualStep';
import { readNodes, type ReadNode } from './savedModelReader';

const pair = { shape: [2], dtype: 'float32' } as const;

/** A program over input x [2] and state a, b [2]; the result is the next a, and output `y`. */
function nodesOf(
  make: (x: Value, state: readonly Value[], build: GraphBuilder) => Value,
): readonly ReadNode[] {
  const build = new GraphBuilder();
  const x = build.input('x', pair);
  const state = ['a', 'b'].map((name) => build.state(name, pair));
  const value = make(x, state, build);
  const graph = build.finish([{ name: 'y', value }], [{ name: 'a', value }]);
  return readNodes(writeSavedModel({ a: pair, b: pair }, { step: graph }));
}

const only = (nodes: readonly ReadNode[], op: string): ReadNode => {
  const found = nodes.filter((node) => node.op === op && node.name.startsWith('program/'));
  expect(found, op).toHaveLength(1);
  return found[0];
};

describe('writeSavedModel', () => {
  it('changes state after reading it, and is done after that', () => {
    const nodes = nodesOf((x, [a], build) => build.add('Binary', [x, a], { fn: 'add' }));
    const [read, assign] = [only(nodes, 'ReadVariableOp'), only(nodes, 'AssignVariableOp')];
    expect(assign.input).toEqual(['state/variable/a', only(nodes, 'AddV2').name, `^${read.name}`]);
    const done = nodes.find(({ name }) => name === 'program/step/done');
    expect(done?.input).toEqual([`^${assign.name}`]);
  });

  it('copies what a variable would otherwise borrow from the caller', () => {
    const copied = (make: (x: Value, build: GraphBuilder) => Value): boolean =>
      nodesOf((x, _state, build) => make(x, build)).some(
        ({ op, name }) => op === 'DeepCopy' && name.startsWith('program/'),
      );
    expect(copied((x) => x)).toBe(true);
    expect(
      copied((x, build) =>
        build.add('Reshape', [build.add('Reshape', [x], { shape: [2, 1] })], { shape: [2] }),
      ),
    ).toBe(true);
    expect(copied((x, build) => build.add('Unary', [x], { fn: 'neg' }))).toBe(false);
  });

  it('keeps the terms of a longer sum apart, so that they are always added in the same order', () => {
    const nodes = nodesOf((x, [a, b], build) => {
      const inner = build.add('Binary', [x, a], { fn: 'add' });
      return build.add('Binary', [b, inner], { fn: 'add' });
    });
    const sums = nodes.filter(({ op, name }) => op === 'AddV2' && name.startsWith('program/'));
    const copy = only(nodes, 'DeepCopy');
    expect(sums).toHaveLength(2);
    expect(copy.input).toEqual([sums[0].name]);
    expect(sums[1].input).toContain(copy.name);
  });

  it('takes the gradient of a relu as one operation, but not of something broadcast', () => {
    const masked = (shape: number[]) =>
      nodesOf((x, _state, build) => {
        const mask = build.add('Unary', [build.add('Reshape', [x], { shape })], { fn: 'step' });
        const product = build.add('Binary', [mask, build.add('Unary', [x], { fn: 'neg' })], { fn: 'mul' });
        return build.add('Reduce', [product], {
          fn: 'sum',
          axes: shape.length === 2 ? [0] : [],
          keepDims: false,
        });
      }).map(({ op }) => op);
    expect(masked([2])).toContain('ReluGrad');
    expect(masked([2, 1])).not.toContain('ReluGrad');
  });

  it.each([
    { why: 'of a small image', x: [2, 4, 4, 128], strides: [1, 1], filterShape: [3, 3, 128, 128] },
    { why: 'of one tap that steps over pixels', x: [2, 7, 8, 3], strides: [2, 2], filterShape: [1, 1, 3, 5] },
  ] as const)('takes the filter gradient $why by products, but not on a graphics card', (shape) => {
    const { x, strides, filterShape } = shape;
    const build = new GraphBuilder();
    const [batch, height, width] = x;
    const made = [batch, Math.ceil(height / strides[0]), Math.ceil(width / strides[1]), filterShape[3]];
    const image = build.input('image', { shape: x, dtype: 'float32' });
    const dy = build.input('dy', { shape: made, dtype: 'float32' });
    const pad = (filterShape[0] - 1) / 2;
    const window = { strides, pads: [pad, pad, pad, pad] } as const;
    const value = build.add('Conv2DFilterGrad', [image, dy], { ...window, filterShape });
    const programs = { only: build.finish([{ name: 'gradient', value }], []) };
    const operations = (target: 'cpu' | 'gpu'): string[] =>
      readNodes(writeSavedModel({}, programs, target)).map(({ op }) => op);
    expect(operations('cpu').filter((op) => op === 'MatMul')).toHaveLength(filterShape[0] * filterShape[1]);
    expect(operations('cpu')).not.toContain('Conv2DBackpropFilter');
    expect(operations('gpu')).toContain('Conv2DBackpropFilter');
  });

  it('has legal, distinct names and defines before use, whatever the tensors are called', () => {
    const build = new GraphBuilder();
    const x = build.state('a,b:0 ü>', pair);
    const graph = build.finish([{ name: 'out put', value: x }], []);
    const nodes = readNodes(writeSavedModel({ 'a,b:0 ü>': pair }, { 'my program': graph }));
    for (const { name } of nodes) expect(name).toMatch(/^[A-Za-z0-9.][\w./-]*(>[A-Za-z0-9.][\w./-]*)*$/);
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
    expectDefinedBeforeUse(nodes);
  });

  it('refuses a batch norm gradient without its batch norm', () => {
    const build = new GraphBuilder();
    const x = build.input('x', { shape: [4, 2], dtype: 'float32' });
    const c = build.input('c', pair);
    const [dx] = build.addAll('BatchNormTrainingGrad', [x, x, c, c, c], { epsilon: 1e-3 });
    const graph = build.finish([{ name: 'dx', value: dx }], []);
    expect(() => writeSavedModel({}, { step: graph })).toThrow('needs the statistics of a batch norm');
  });

  it('writes every operation, from the graph as traced and from the optimised one', () => {
    for (const builds of Object.values(CASES)) {
      for (const build of builds) {
        const program = {
          inputs: INPUTS,
          build: (tensors: Parameters<typeof given>[0]) => ({
            outputs: Object.fromEntries(
              build(given(tensors)).map((tensor, index) => [String(index), tensor]),
            ),
          }),
        };
        const traced = traceProgram(program, {});
        for (const graph of [traced, optimise(traced)])
          expectDefinedBeforeUse(readNodes(writeSavedModel({}, { only: graph })));
      }
    }
  });

  it('writes a training step in half precision: convolutions in bfloat16, batch norms in float32', () => {
    const module = residualModule({ views: 4, size: 8, width: 4, embedding: 4 });
    const graph = reducePrecision(optimise(traceProgram(module.programs.train, module.state)), 'bfloat16');
    const nodes = readNodes(writeSavedModel(module.state, { train: graph }));
    const types = (op: string): Set<number | undefined> =>
      new Set(nodes.filter((node) => node.op === op).map(({ attr }) => attr['T'].type));
    expect(types('Conv2D')).toEqual(new Set([14]));
    expect(types('Conv2DBackpropFilter')).toEqual(new Set([14]));
    expect(types('FusedBatchNormV3')).toEqual(new Set([1]));
  });

  it('gives equal bytes for equal programs', () => {
    const module = residualModule({ views: 4, size: 8, width: 4, embedding: 4 });
    const write = (): Uint8Array => {
      const trace = (name: 'train' | 'encode'): Graph => traceProgram(module.programs[name], module.state);
      return writeSavedModel(module.state, { train: trace('train'), encode: trace('encode') });
    };
    expect(Buffer.compare(write(), write())).toBe(0);
  });
});

function expectDefinedBeforeUse(nodes: readonly ReadNode[]): void {
  const defined = new Set<string>();
  for (const { name, input } of nodes) {
    for (const used of input) expect(defined).toContain(used.replace(/^\^|:\d+$/g, ''));
    defined.add(name);
  }
}
