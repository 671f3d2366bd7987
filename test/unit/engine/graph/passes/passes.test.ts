/** Each pass must remove what it is for, and leave the results of a whole step as they were. */
import { describe, expect, it } from 'vitest';
import '../../../../../src/engine/gradients';
import { GraphBuilder } from '../../../../../src/engine/graph/builder';
import type { Graph, Value } from '../../../../../src/engine/graph/graph';
import { eliminateCommonSubexpressions } from '../../../../../src/engine/graph/passes/commonSubexpressions';
import { eliminateDeadCode } from '../../../../../src/engine/graph/passes/deadCode';
import { foldConstants } from '../../../../../src/engine/graph/passes/foldConstants';
import { optimise } from '../../../../../src/engine/graph/passes/optimise';
import { simplify } from '../../../../../src/engine/graph/passes/simplify';
import { printGraph } from '../../../../../src/engine/graph/print';
import { traceProgram } from '../../../../../src/engine/trace/trace';
import { runGraph } from '../../graphRunner';
import { residualModule, residualState } from '../../residualStep';
import { expectClose, randomValues } from '../../support';

/** A graph over x [2, 3] made by hand; the result is output `y`. */
function graphOf(make: (x: Value, build: GraphBuilder) => Value): Graph {
  const build = new GraphBuilder();
  const x = build.input('x', { shape: [2, 3], dtype: 'float32' });
  return build.finish([{ name: 'y', value: make(x, build) }], []);
}

const bodyOf = (graph: Graph): string => printGraph(graph).split('\n').slice(1).join('\n');

describe('passes', () => {
  it('eliminate dead code', () => {
    const graph = graphOf((x, build) => {
      build.add('Unary', [build.add('Unary', [x], { fn: 'exp' })], { fn: 'log' });
      return build.add('Unary', [x], { fn: 'neg' });
    });
    expect(eliminateDeadCode(graph).nodes.map(({ attributes }) => attributes)).toEqual([{ fn: 'neg' }]);
    expect(eliminateDeadCode(graph).inputs).toHaveLength(1);
  });

  it('eliminate common subexpressions, but not different ones', () => {
    const graph = graphOf((x, build) => build.add('Unary', [x], { fn: 'exp' }));
    const [exp] = graph.nodes;
    const [x] = graph.inputs;
    const again = { ...exp, outputs: [{ id: 90, shape: [2, 3], dtype: 'float32' as const }] };
    const negated = {
      op: 'Unary',
      attributes: { fn: 'neg' },
      inputs: [x.value],
      outputs: [{ ...x.value, id: 91 }],
    } as const;
    const sum = {
      op: 'Binary',
      attributes: { fn: 'add' },
      inputs: [...exp.outputs, ...again.outputs],
      outputs: [{ ...x.value, id: 92 }],
    } as const;
    const doubled = {
      ...graph,
      nodes: [exp, again, negated, sum],
      outputs: [{ name: 'y', value: sum.outputs[0] }],
    };
    const result = eliminateCommonSubexpressions(doubled);
    expect(result.nodes.map(({ attributes }) => attributes)).toEqual([
      { fn: 'exp' },
      { fn: 'neg' },
      { fn: 'add' },
    ]);
    expect(new Set(result.nodes.at(-1)?.inputs).size).toBe(1);
  });

  it('fold vectors of constants, repeated along the leading axes, and leave other broadcasts', () => {
    const graph = graphOf((x, build) => {
      const scale = build.constant(Float32Array.of(1, 2, 3), [3], 'float32');
      const table = build.constant(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], 'float32');
      const column = build.constant(Float32Array.of(1, 2), [2, 1], 'float32');
      const products = build.add('Binary', [table, scale], { fn: 'mul' });
      const differences = build.add('Binary', [scale, products], { fn: 'sub' });
      const kept = build.add('Binary', [column, scale], { fn: 'add' });
      return build.add('Binary', [build.add('Binary', [x, differences], { fn: 'add' }), kept], { fn: 'add' });
    });
    const constants = eliminateDeadCode(foldConstants(graph)).nodes.filter(({ op }) => op === 'Constant');
    // scale - table * scale, row by row.
    expect(constants.map(({ attributes }) => attributes)).toContainEqual({
      values: Float32Array.of(0, -2, -6, -3, -8, -15),
      shape: [2, 3],
      dtype: 'float32',
    });
    expect(constants).toHaveLength(3);
  });

  it('tell constants apart that JSON would not', () => {
    const build = new GraphBuilder();
    const values = [0, -0, NaN, Infinity, -Infinity].map((value) => build.constant(value, [], 'float32'));
    expect(new Set(values).size).toBe(5);
    expect(build.constant(Float32Array.of(NaN, 1), [2], 'float32')).toBe(
      build.constant(Float32Array.of(NaN, 1), [2], 'float32'),
    );
  });

  it('fold constants in float32', () => {
    const graph = graphOf((x, build) => {
      const tenth = build.constant(Math.fround(0.1), [3], 'float32');
      const sum = build.add('Binary', [tenth, build.constant(Math.fround(0.2), [], 'float32')], {
        fn: 'add',
      });
      return build.add('Binary', [x, sum], { fn: 'mul' });
    });
    const folded = eliminateDeadCode(foldConstants(graph));
    expect(folded.nodes.map(({ op }) => op)).toEqual(['Constant', 'Binary']);
    expect(bodyOf(folded)).toContain(
      `"values":${Math.fround(Math.fround(0.1) + Math.fround(0.2))},"shape":[3]`,
    );
  });

  it('drop products with ones, broadcasts that the next operation does anyway, and reshapes of reshapes', () => {
    const graph = graphOf((x, build) => {
      const column = build.add('Reduce', [x], { fn: 'sum', axes: [1], keepDims: true });
      const wide = build.add('Binary', [column, build.constant(1, [2, 3], 'float32')], { fn: 'mul' });
      const sum = build.add('Binary', [x, wide], { fn: 'add' });
      return build.add('Reshape', [build.add('Reshape', [sum], { shape: [6] })], { shape: [3, 2] });
    });
    const simple = eliminateDeadCode(simplify(simplify(graph)));
    expect(simple.nodes.map(({ op }) => op)).toEqual(['Reduce', 'Binary', 'Reshape']);
  });

  it('keep a broadcast where nothing else gives the shape, after the arithmetic', () => {
    const graph = graphOf((x, build) => {
      const row = build.add('Reduce', [x], { fn: 'mean', axes: [0], keepDims: true });
      const wide = build.add('Broadcast', [row], { shape: [2, 3] });
      return build.add('Binary', [wide, build.constant(4, [], 'float32')], { fn: 'div' });
    });
    const simple = eliminateDeadCode(simplify(graph));
    expect(simple.nodes.map(({ op }) => op)).toEqual(['Reduce', 'Constant', 'Binary', 'Broadcast']);
  });

  it('take the step of a relu instead of its input, where there is one', () => {
    const masked = (first: 'relu' | 'abs'): Graph =>
      graphOf((x, build) => {
        const y = build.add('Unary', [x], { fn: first });
        return build.add('Binary', [y, build.add('Unary', [x], { fn: 'step' })], { fn: 'mul' });
      });
    const stepInput = (graph: Graph): unknown =>
      graph.nodes.find((node) => 'fn' in node.attributes && node.attributes.fn === 'step')?.inputs[0];
    const [relu, abs] = [simplify(masked('relu')), simplify(masked('abs'))];
    expect(stepInput(relu)).toBe(relu.nodes[0].outputs[0]);
    expect(stepInput(abs)).toBe(abs.inputs[0].value);
  });

  const PASSES = { eliminateDeadCode, eliminateCommonSubexpressions, foldConstants, simplify, optimise };

  it.each(Object.keys(PASSES) as (keyof typeof PASSES)[])(
    'leave a training step as it was: %s',
    async (name) => {
      const module = residualModule({ views: 6, size: 8, width: 4, embedding: 4 });
      const graph = traceProgram(module.programs.train, module.state);
      const values = {
        inputs: randomValues(module.programs.train.inputs, 3),
        state: residualState(module, 4),
      };
      const [before, after] = [await runGraph(graph, values), await runGraph(PASSES[name](graph), values)];
      expect(Object.keys(after)).toEqual(Object.keys(before));
      for (const key of Object.keys(before)) expectClose(after[key], before[key], 1e-5);
    },
  );

  it('make a training step smaller', () => {
    const module = residualModule({ views: 6, size: 8, width: 4, embedding: 4 });
    const graph = traceProgram(module.programs.train, module.state);
    expect(optimise(graph).nodes.length).toBeLessThan(graph.nodes.length);
  });
});
