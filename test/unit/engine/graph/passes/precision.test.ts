/** Which nodes work in a half type, which do not, and what that does to a training step. */
import { describe, expect, it } from 'vitest';
import '../../../../../src/engine/gradients';
import type { NamedValues } from '../../../../../src/engine/engine';
import { GraphBuilder } from '../../../../../src/engine/graph/builder';
import type { Graph, GraphNode, Value } from '../../../../../src/engine/graph/graph';
import type { HalfType } from '../../../../../src/engine/graph/ops';
import { foldConstants } from '../../../../../src/engine/graph/passes/foldConstants';
import { optimise } from '../../../../../src/engine/graph/passes/optimise';
import { reducePrecision } from '../../../../../src/engine/graph/passes/precision';
import { traceProgram } from '../../../../../src/engine/trace/trace';
import { runGraph } from '../../graphRunner';
import { emulateHalfTypes, isHalf } from '../../halfTypes';
import { residualModule, residualState } from '../../residualStep';
import { expectClose, randomValues, relativeError } from '../../support';

const module = residualModule({ views: 16, size: 8, width: 8, embedding: 12 });
const HALF_TYPES: readonly HalfType[] = ['bfloat16', 'float16'];
/** Spacing of the numbers just above 1. */
const EPSILON = { bfloat16: 2 ** -7, float16: 2 ** -10 };

const graphOf = (program: keyof typeof module.programs): Graph =>
  optimise(traceProgram(module.programs[program], module.state));

const isHalfNode = ({ op, outputs }: GraphNode): boolean => op !== 'Cast' && isHalf(outputs[0].dtype);

/** y = x for a graph made by hand over x [shape]. */
async function valuesOf(
  x: Float32Array,
  shape: readonly number[],
  make: (x: Value, build: GraphBuilder) => Value,
): Promise<Float32Array> {
  const build = new GraphBuilder();
  const input = build.input('x', { shape, dtype: 'float32' });
  const graph = build.finish([{ name: 'y', value: make(input, build) }], []);
  const results = await runGraph(emulateHalfTypes(graph), { inputs: { x }, state: {} });
  return results['output:y'] as Float32Array;
}

const throughHalf = (type: HalfType) => (x: Value, build: GraphBuilder) =>
  build.add('Cast', [build.add('Cast', [x], { dtype: type })], { dtype: 'float32' });

describe('the emulation of half types', () => {
  it('rounds as bfloat16 does', async () => {
    const values = Float32Array.of(1, 1.00390625, 1.005, -3.14159265, 1e-30, 3e37);
    expect(Array.from(await valuesOf(values, [6], throughHalf('bfloat16'))).slice(0, 4)).toEqual([
      1, 1, 1.0078125, -3.140625,
    ]);
  });

  it('rounds, underflows and overflows as float16 does', async () => {
    const values = Float32Array.of(1.0005, 2 ** -24, 2 ** -26, 65504, 70000, -70000);
    expect(Array.from(await valuesOf(values, [6], throughHalf('float16')))).toEqual([
      1.0009765625,
      2 ** -24,
      0,
      65504,
      Infinity,
      -Infinity,
    ]);
  });
});

describe.each(HALF_TYPES)('a training step in %s', (type) => {
  const graph = graphOf('train');
  const reduced = reducePrecision(graph, type);

  it('has every convolution and the products of inner layers in it, and nothing else', () => {
    const ops = reduced.nodes.filter(isHalfNode).map(({ op }) => op);
    expect(new Set(ops)).toEqual(new Set(['Conv2D', 'Conv2DInputGrad', 'Conv2DFilterGrad', 'MatMul']));
    const convolutions = graph.nodes.filter(({ op }) => op.startsWith('Conv2D'));
    expect(ops.filter((op) => op.startsWith('Conv2D'))).toHaveLength(convolutions.length);
    expect(ops.filter((op) => op === 'MatMul')).toHaveLength(3);
  });

  it('has float32 products in the last layer and in the similarities', () => {
    const products = reduced.nodes.filter((node) => node.op === 'MatMul' && !isHalfNode(node));
    const shapes = products.map(({ outputs }) => outputs[0].shape.join('x'));
    // Forward, input gradient and weight gradient of the last layer; z z^T and its gradient, twice.
    expect(shapes.sort()).toEqual(['16x12', '16x12', '16x12', '16x16', '16x32', '32x12']);
  });

  it('has float32 at its edges: inputs, state, outputs, updates', () => {
    const edges = [...reduced.inputs, ...reduced.state, ...reduced.outputs, ...reduced.stateUpdates];
    expect(edges.filter(({ value }) => isHalf(value.dtype))).toEqual([]);
    expect(edges.map(({ name }) => name)).toEqual(
      [...graph.inputs, ...graph.state, ...graph.outputs, ...graph.stateUpdates].map(({ name }) => name),
    );
  });

  it('casts each value once', () => {
    const casts = reduced.nodes.filter(({ op, outputs }) => op === 'Cast' && isHalf(outputs[0].dtype));
    expect(new Set(casts.map(({ inputs }) => inputs[0])).size).toBe(casts.length);
  });

  it('gives the loss and the gradients of float32 within the rounding of the type', async () => {
    const values = { inputs: randomValues(module.programs.train.inputs, 3), state: residualState(module, 4) };
    const exact = await runGraph(graphOf('gradients'), values);
    const rounded = await runGraph(emulateHalfTypes(reducePrecision(graphOf('gradients'), type)), values);
    expect(rounded['output:loss']).not.toEqual(exact['output:loss']);
    expectClose(rounded['output:loss'], exact['output:loss'], 4 * EPSILON[type]);
    expectClose(rounded['output:z'], exact['output:z'], 4 * EPSILON[type]);
    const error = relativeError(allGradients(rounded), allGradients(exact));
    expect(error).toBeLessThan(2 * Math.sqrt(EPSILON[type]));
  });
});

/**
 * The gradients of all weights as one vector: single ones may be small differences of large numbers. Rounding turns
 * some ReLUs on or off, a number that grows with the spacing, so the norm of the error grows with its square root.
 */
function allGradients(results: NamedValues): Float32Array {
  const names = Object.keys(results).filter((name) => name.includes('/'));
  return Float32Array.from(names.flatMap((name) => Array.from(results[name])));
}

describe('reducePrecision', () => {
  it('joins convolutions that follow each other without a cast between them', () => {
    const build = new GraphBuilder();
    const x = build.input('x', { shape: [1, 8, 8, 4], dtype: 'float32' });
    const filter = build.state('filter', { shape: [3, 3, 4, 4], dtype: 'float32' });
    const window = { strides: [1, 1], pads: [1, 1, 1, 1] } as const;
    const first = build.add('Conv2D', [x, filter], window);
    const y = build.add('Conv2D', [first, filter], window);
    const { nodes } = reducePrecision(build.finish([{ name: 'y', value: y }], []), 'bfloat16');
    expect(nodes.map(({ op, outputs }) => `${op} ${outputs[0].dtype}`)).toEqual([
      'Cast bfloat16',
      'Cast bfloat16',
      'Conv2D bfloat16',
      'Conv2D bfloat16',
      'Cast float32',
    ]);
  });

  it('leaves a linear classifier as it is: its one layer gives the logits', () => {
    const build = new GraphBuilder();
    const x = build.input('x', { shape: [8, 4], dtype: 'float32' });
    const weight = build.state('weight', { shape: [4, 3], dtype: 'float32' });
    const logits = build.add('MatMul', [x, weight], { transposeA: false, transposeB: false });
    const graph = build.finish([{ name: 'logits', value: logits }], []);
    expect(reducePrecision(graph, 'bfloat16')).toEqual(graph);
  });

  it('keeps gradients in float16 that are far below its smallest number', async () => {
    const window = { strides: [1, 1], pads: [1, 1, 1, 1] } as const;
    const gradient = (x: Value, build: GraphBuilder): Value => {
      const image = build.constant(0.5, [1, 8, 8, 2], 'float32');
      return build.add('Conv2DFilterGrad', [image, x], { ...window, filterShape: [3, 3, 2, 2] });
    };
    const build = new GraphBuilder();
    const dy = build.input('x', { shape: [1, 8, 8, 2], dtype: 'float32' });
    const graph = build.finish([{ name: 'y', value: gradient(dy, build) }], []);
    const given = { inputs: { x: new Float32Array(128).map((_, index) => (index + 1) * 1e-12) }, state: {} };
    const exact = (await runGraph(graph, given))['output:y'];
    const actual = (await runGraph(emulateHalfTypes(reducePrecision(graph, 'float16')), given))['output:y'];
    expect(relativeError(actual, exact)).toBeLessThan(EPSILON.float16);
    expect(Math.hypot(...actual)).toBeGreaterThan(0);
  });

  it('does not divide by nothing where a gradient is zero', async () => {
    const build = new GraphBuilder();
    const dy = build.input('x', { shape: [1, 4, 4, 2], dtype: 'float32' });
    const filter = build.constant(1, [1, 1, 2, 2], 'float32');
    const dx = build.add('Conv2DInputGrad', [dy, filter], {
      strides: [1, 1],
      pads: [0, 0, 0, 0],
      inputShape: [1, 4, 4, 2],
    });
    const graph = emulateHalfTypes(reducePrecision(build.finish([{ name: 'y', value: dx }], []), 'float16'));
    const results = await runGraph(graph, { inputs: { x: new Float32Array(32) }, state: {} });
    expect(results['output:y']).toEqual(new Float32Array(32));
  });

  it('leaves rounding of constants to the engine', () => {
    const build = new GraphBuilder();
    const half = throughHalf('bfloat16')(build.constant(0.1, [], 'float32'), build);
    const folded = foldConstants(build.finish([{ name: 'y', value: half }], []));
    expect(folded.nodes.map(({ op }) => op)).toEqual(['Constant', 'Cast', 'Cast']);
  });
});
