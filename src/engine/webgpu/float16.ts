/**
 * Mixed precision in float16 for webgpu, whose products add up in the type of their operands. The gradient of a
 * filter is a sum over all positions of all images, too long for that: it takes its operands in float16 and adds in
 * float32.
 */
import type { GraphBuilder } from '../graph/builder';
import type { Graph, GraphNode, Value } from '../graph/graph';
import { eliminateDeadCode } from '../graph/passes/deadCode';
import { reducePrecision } from '../graph/passes/precision';
import { rebuild } from '../graph/rebuild';

/** The graph with convolutions and layers' products in float16, and filters' gradients summed in float32. */
export function toFloat16(graph: Graph): Graph {
  const wide = new Map<Value, Value>();
  const reduced = rebuild(reducePrecision(graph, 'float16'), (node, builder) => {
    if (node.op === 'Conv2DFilterGrad') return [narrowed(summedWide(node, builder), { builder, wide })];
    const known = node.op === 'Cast' && node.attributes.dtype === 'float32' ? node.inputs[0] : undefined;
    const sum = known === undefined ? undefined : wide.get(known);
    return sum === undefined ? undefined : [sum];
  });
  return eliminateDeadCode(reduced);
}

function summedWide(node: GraphNode<'Conv2DFilterGrad'>, builder: GraphBuilder): Value {
  const inputs = node.inputs.map((input) => builder.add('Cast', [input], { dtype: 'float32' }));
  return builder.add('Conv2DFilterGrad', inputs, node.attributes);
}

interface Narrowing {
  readonly builder: GraphBuilder;
  /** The float32 value of each float16 one. */
  readonly wide: Map<Value, Value>;
}

/** Stands in for the float16 result; nothing is left of it once its cast back to float32 is replaced. */
function narrowed(sum: Value, { builder, wide }: Narrowing): Value {
  const half = builder.add('Cast', [sum], { dtype: 'float16' });
  wide.set(half, sum);
  return half;
}
