/**
 * Batch normalisation by running statistics multiplies each channel of a convolution by a number and adds another.
 * The factor belongs into the filter, which is small: one pass over the image less, and the sum is the bias that
 * convolutions take anyway. Equal up to rounding. Normalisation by a batch's own statistics is one operation and
 * stays as it is.
 */
import type { GraphBuilder } from '../builder';
import type { Graph, GraphNode, Value } from '../graph';
import { rebuild } from '../rebuild';
import { eliminateDeadCode } from './deadCode';

/** The graph with factors of channels multiplied into the filters of convolutions that nothing else uses. */
export function foldBatchNorm(graph: Graph): Graph {
  const usedOnce = valuesUsedOnce(graph);
  const convolutions = new Map<Value, GraphNode<'Conv2D'>>();
  const folded = rebuild(graph, (node, builder) => {
    if (node.op === 'Binary' && node.attributes.fn === 'mul') return scaled(node, builder, convolutions);
    if (node.op !== 'Conv2D' || !usedOnce.has(node.outputs[0])) return undefined;
    const [made] = builder.addAll(node.op, node.inputs, node.attributes);
    convolutions.set(made, node);
    return [made];
  });
  return eliminateDeadCode(folded);
}

function valuesUsedOnce({ nodes, outputs, stateUpdates }: Graph): ReadonlySet<Value> {
  const ports = [...outputs, ...stateUpdates].map(({ value }) => value);
  const once = new Set<Value>();
  const more = new Set<Value>();
  for (const value of [...nodes.flatMap(({ inputs }) => inputs), ...ports]) {
    if (more.has(value)) continue;
    if (once.delete(value)) more.add(value);
    else once.add(value);
  }
  return once;
}

function scaled(
  { inputs: [a, b] }: GraphNode<'Binary'>,
  builder: GraphBuilder,
  convolutions: ReadonlyMap<Value, GraphNode<'Conv2D'>>,
): readonly Value[] | undefined {
  const convolution = convolutions.get(a) ?? convolutions.get(b);
  const factor = convolutions.has(a) ? b : a;
  if (convolution === undefined || !isOfChannels(factor, convolution)) return undefined;
  const [x, filter] = convolution.inputs;
  const product = builder.add('Binary', [filter, factor], { fn: 'mul' });
  return builder.addAll('Conv2D', [x, product], convolution.attributes);
}

/** A vector with one number for each channel, which broadcasts over filter and image alike. */
function isOfChannels({ shape }: Value, { outputs: [y] }: GraphNode<'Conv2D'>): boolean {
  return shape.length === 1 && shape[0] === y.shape.at(-1);
}
