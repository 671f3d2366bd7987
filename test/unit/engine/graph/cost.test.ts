/** Counts that can be done by hand, and how they are printed. */
import { describe, expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import { GraphBuilder } from '../../../../src/engine/graph/builder';
import { costOf, largestNodes, totalCost } from '../../../../src/engine/graph/cost';
import type { Graph, Value } from '../../../../src/engine/graph/graph';
import { reducePrecision } from '../../../../src/engine/graph/passes/precision';
import { printCost } from '../../../../src/engine/graph/print';

const WINDOW = { strides: [2, 2], pads: [1, 1, 1, 1] } as const;

/** One convolution of [2, 8, 8, 3] with [3, 3, 3, 5], stride 2, its two gradients, and the sum of the filter's. */
function convolutions(): { graph: Graph; build: GraphBuilder } {
  const build = new GraphBuilder();
  const x = build.input('x', { shape: [2, 8, 8, 3], dtype: 'float32' });
  const filter = build.state('filter', { shape: [3, 3, 3, 5], dtype: 'float32' });
  const y = build.add('Conv2D', [x, filter], WINDOW);
  const dx = build.add('Conv2DInputGrad', [y, filter], { ...WINDOW, inputShape: x.shape });
  const dw = build.add('Conv2DFilterGrad', [x, y], { ...WINDOW, filterShape: filter.shape });
  const sum = build.add('Reduce', [dw], { fn: 'sum', axes: [0, 1, 2, 3], keepDims: false });
  const outputs = [dx, sum].map((value, index) => ({ name: `output${index}`, value }));
  return { graph: build.finish(outputs, [{ name: 'filter', value: dw }]), build };
}

const costOfProduct = (a: readonly number[], b: readonly number[], transposeA: boolean): number => {
  const build = new GraphBuilder();
  const input = (name: string, shape: readonly number[]): Value =>
    build.input(name, { shape, dtype: 'float32' });
  build.add('MatMul', [input('a', a), input('b', b)], { transposeA, transposeB: false });
  return costOf(build.finish([], []).nodes[0]).flop;
};

describe('the cost of a node', () => {
  it('counts two operations for each multiply-add of a convolution, forward and backward alike', () => {
    const { graph } = convolutions();
    const multiplyAdds = 2 * 4 * 4 * 5 * (3 * 3 * 3);
    expect(graph.nodes.map((node) => costOf(node).flop)).toEqual([
      2 * multiplyAdds,
      2 * multiplyAdds,
      2 * multiplyAdds,
      135,
    ]);
  });

  it('counts products by their inner size, transposed or not', () => {
    expect(costOfProduct([4, 7], [7, 3], false)).toBe(2 * 4 * 7 * 3);
    expect(costOfProduct([7, 4], [7, 3], true)).toBe(2 * 4 * 7 * 3);
    expect(costOfProduct([6, 4, 7], [7, 3], false)).toBe(2 * 6 * 4 * 7 * 3);
  });

  it('counts the bytes of inputs and outputs, half as many in a half type', () => {
    const { graph } = convolutions();
    const bytes = (of: Graph): number | undefined =>
      of.nodes.map((node) => ({ node, ...costOf(node) })).find(({ node }) => node.op === 'Conv2D')?.bytes;
    expect(bytes(graph)).toBe(4 * (2 * 8 * 8 * 3 + 135 + 2 * 4 * 4 * 5));
    expect(bytes(reducePrecision(graph, 'bfloat16'))).toBe(2 * (2 * 8 * 8 * 3 + 135 + 2 * 4 * 4 * 5));
  });
});

describe('the cost of a graph', () => {
  it('is the sum over its nodes', () => {
    const { graph } = convolutions();
    expect(totalCost(graph).flop).toBe(3 * 2 * 2 * 4 * 4 * 5 * 27 + 135);
    expect(totalCost({ ...graph, nodes: [] })).toEqual({ flop: 0, bytes: 0 });
  });

  it('names the largest nodes first', () => {
    const { graph } = convolutions();
    const ops = largestNodes(graph, 3).map(({ node }) => node.op);
    expect(ops).toHaveLength(3);
    expect(ops).not.toContain('Reduce');
  });

  it('is printed with totals, shares and as many nodes as asked for', () => {
    const lines = printCost(convolutions().graph, 2).split('\n');
    expect(lines[0]).toBe('4 nodes, 26,100 FLOP, 8.69 kB read and written, 540 B of state');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain('8,640 FLOP      33.2 %     2.72 kB  ');
  });
});
