/** Factors go into filters where nothing else sees the convolution, and the results stay what they were. */
import { describe, expect, it } from 'vitest';
import '../../../../../src/engine/gradients';
import type { NamedValues, Values } from '../../../../../src/engine/engine';
import { GraphBuilder } from '../../../../../src/engine/graph/builder';
import { sizeOf, type Graph, type Value } from '../../../../../src/engine/graph/graph';
import { eliminateCommonSubexpressions } from '../../../../../src/engine/graph/passes/commonSubexpressions';
import { foldBatchNorm } from '../../../../../src/engine/graph/passes/foldBatchNorm';
import { optimise } from '../../../../../src/engine/graph/passes/optimise';
import { traceProgram } from '../../../../../src/engine/trace/trace';
import { runGraph } from '../../graphRunner';
import { residualModule, residualState } from '../../residualStep';
import { expectClose, randomValues } from '../../support';

const module = residualModule({ views: 6, size: 8, width: 4, embedding: 4 });
const graphOf = (program: keyof typeof module.programs): Graph =>
  optimise(traceProgram(module.programs[program], module.state));

/** Weights and running statistics that differ from channel to channel. */
function unevenState(): NamedValues {
  const entries = Object.entries(residualState(module, 4)).map(([name, values]): [string, Values] => [
    name,
    /\/(mean|variance|gamma|beta)$/.test(name) ? values.map((value, index) => value + index / 2) : values,
  ]);
  return Object.fromEntries(entries);
}

/** Products of a whole image with anything. */
const imageProducts = ({ nodes }: Graph): number =>
  nodes.filter(
    ({ op, attributes, outputs: [y] }) =>
      op === 'Binary' &&
      'fn' in attributes &&
      attributes.fn === 'mul' &&
      y.shape.length === 4 &&
      y.shape[0] === 6,
  ).length;

/** A convolution of x [6, 4, 4, 2] with a filter [1, 1, 2, 3], and what is made of it. */
function convolved(make: (y: Value, build: GraphBuilder) => readonly Value[]): Graph {
  const build = new GraphBuilder();
  const x = build.input('x', { shape: [6, 4, 4, 2], dtype: 'float32' });
  const filter = build.state('filter', { shape: [1, 1, 2, 3], dtype: 'float32' });
  const y = build.add('Conv2D', [x, filter], { strides: [1, 1], pads: [0, 0, 0, 0] });
  return build.finish(
    make(y, build).map((value, index) => ({ name: `y${index}`, value })),
    [],
  );
}

const times = (y: Value, factor: Value, build: GraphBuilder): Value =>
  build.add('Binary', [factor, y], { fn: 'mul' });

describe('foldBatchNorm', () => {
  it('leaves an encoder no product of a whole image, and its results', async () => {
    const graph = graphOf('encode');
    const folded = foldBatchNorm(graph);
    expect(imageProducts(graph)).toBe(7);
    expect(imageProducts(folded)).toBe(0);
    expect(folded.nodes.filter(({ op }) => op === 'Conv2D')).toHaveLength(
      graph.nodes.filter(({ op }) => op === 'Conv2D').length,
    );
    const values = { inputs: randomValues(module.programs.encode.inputs, 3), state: unevenState() };
    const [before, after] = [await runGraph(graph, values), await runGraph(folded, values)];
    expectClose(after['output:z'], before['output:z'], 1e-6);
  });

  it('leaves a training step as it is: its statistics are those of the batch', () => {
    const graph = graphOf('train');
    expect(foldBatchNorm(graph)).toEqual(eliminateCommonSubexpressions(graph));
  });

  it('takes a factor from either side', async () => {
    const graph = convolved((y, build) => [
      times(y, build.constant(Float32Array.of(2, 3, 4), [3], 'float32'), build),
    ]);
    const folded = foldBatchNorm(graph);
    expect(folded.nodes.map(({ op }) => op)).toEqual(['Constant', 'Binary', 'Conv2D']);
    const values = {
      inputs: { x: randomValues({ x: { shape: [6, 4, 4, 2], dtype: 'float32' } }, 1)['x'] },
      state: { filter: Float32Array.of(1, 2, 3, 4, 5, 6) },
    };
    const [before, after] = [await runGraph(graph, values), await runGraph(folded, values)];
    expect(after['output:y0']).toHaveLength(sizeOf([6, 4, 4, 3]));
    expectClose(after['output:y0'], before['output:y0'], 1e-6);
  });

  it.each<[string, (y: Value, build: GraphBuilder) => readonly Value[]]>([
    ['the convolution is used elsewhere', (y, build) => [times(y, vector(build), build), y]],
    ['the convolution is used twice', (y, build) => [times(y, vector(build), build), times(y, y, build)]],
    ['the factor is an image', (y, build) => [times(y, build.constant(2, y.shape, 'float32'), build)]],
    ['the factor is one number', (y, build) => [times(y, build.constant(2, [], 'float32'), build)]],
    [
      'the factor differs along the width',
      (y, build) => [times(y, build.constant(2, [4, 1], 'float32'), build)],
    ],
  ])('does nothing where %s', (_where, make) => {
    const graph = convolved(make);
    const ops = foldBatchNorm(graph).nodes.map(({ op }) => op);
    expect(ops.sort()).toEqual(graph.nodes.map(({ op }) => op).sort());
    expect(imageProducts(foldBatchNorm(graph))).toBe(imageProducts(graph));
  });
});

function vector(build: GraphBuilder): Value {
  return build.constant(Float32Array.of(2, 3, 4), [3], 'float32');
}
