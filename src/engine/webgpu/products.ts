/** Matrix products with their transpositions as operations of their own: webgpu has no fused product. */
import type { GraphBuilder } from '../graph/builder';
import type { Graph, GraphNode, Value } from '../graph/graph';
import { rebuild } from '../graph/rebuild';

/** The same program, in which no product transposes its operands. */
export function separateTransposes(graph: Graph): Graph {
  return rebuild(graph, (node, builder) => (node.op === 'MatMul' ? [product(node, builder)] : undefined));
}

function product({ inputs: [a, b], attributes }: GraphNode<'MatMul'>, builder: GraphBuilder): Value {
  const operands = [
    attributes.transposeA ? transposed(a, builder) : a,
    attributes.transposeB ? transposed(b, builder) : b,
  ];
  return builder.add('MatMul', operands, { transposeA: false, transposeB: false });
}

function transposed(x: Value, builder: GraphBuilder): Value {
  const axes = x.shape.map((_, axis) => axis);
  const permutation = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return builder.add('Transpose', [x], { permutation });
}
