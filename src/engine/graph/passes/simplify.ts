/**
 * Algebra that gradients leave behind: products with tensors of ones, broadcasts into operations that
 * broadcast anyway, reshapes of reshapes. Each rule is exact in floating point.
 */
import type { GraphBuilder } from '../builder';
import { sameShape, sizeOf, type Graph, type GraphNode, type Value } from '../graph';
import type { OpName } from '../ops';
import { rebuild } from '../rebuild';
import { broadcastShapes } from '../shapes';

/** The graph with redundant operations removed. */
export function simplify(graph: Graph): Graph {
  const made = new Map<Value, GraphNode>();
  return rebuild(graph, (node, builder) => {
    const outputs = simplified(node, builder, made);
    if (outputs !== undefined) return [outputs];
    const kept = builder.addAll(node.op, node.inputs, node.attributes);
    kept.forEach((output) => made.set(output, node));
    return kept;
  });
}

type Made = ReadonlyMap<Value, GraphNode>;

type Rule<K extends OpName> = (node: GraphNode<K>, builder: GraphBuilder, made: Made) => Value | undefined;

const RULES: { readonly [K in OpName]?: Rule<K> } = {
  Unary: stepOfRelu,
  Binary: (node, builder, made) => withoutIdentity(node, builder) ?? withSmallOperands(node, builder, made),
  Compare: withSmallOperands,
  Select: withSmallOperands,
  Reshape: reshape,
  Broadcast: ({ inputs: [x], attributes }) => (sameShape(x.shape, attributes.shape) ? x : undefined),
  Cast: ({ inputs: [x], attributes }) => (x.dtype === attributes.dtype ? x : undefined),
  Transpose: ({ inputs: [x], attributes }) =>
    attributes.permutation.every((from, to) => from === to) ? x : undefined,
};

function simplified<K extends OpName>(
  node: GraphNode<K>,
  builder: GraphBuilder,
  made: Made,
): Value | undefined {
  return RULES[node.op]?.(node, builder, made);
}

/** The step of x is the step of relu(x): where that exists, x itself need not be kept until the gradient. */
function stepOfRelu(
  { inputs, attributes: { fn } }: GraphNode<'Unary'>,
  builder: GraphBuilder,
): Value | undefined {
  const relu = fn === 'step' ? builder.find('Unary', inputs, { fn: 'relu' }) : undefined;
  return relu && builder.add('Unary', [relu], { fn: 'step' });
}

/** x + 0, x - 0, x * 1, x / 1 and their mirror images, broadcast if the constant was the larger. */
function withoutIdentity(node: GraphNode<'Binary'>, builder: GraphBuilder): Value | undefined {
  const [a, b] = node.inputs;
  const { shape } = node.outputs[0];
  const keep = (value: Value): Value =>
    sameShape(value.shape, shape) ? value : builder.add('Broadcast', [value], { shape });
  const { fn } = node.attributes;
  const neutral = fn === 'add' || fn === 'sub' ? 0 : 1;
  const isNeutral = (value: Value): boolean => builder.constantValues(value) === neutral;
  if (['add', 'sub', 'mul', 'div', 'pow'].includes(fn) && isNeutral(b)) return keep(a);
  return (fn === 'add' || fn === 'mul') && isNeutral(a) ? keep(b) : undefined;
}

/** Replaces operands that only repeat smaller ones, where the other operands already give the full shape. */
function withSmallOperands(
  node: GraphNode<'Binary' | 'Compare' | 'Select'>,
  builder: GraphBuilder,
  made: Made,
): Value | undefined {
  const { shape } = node.outputs[0];
  const inputs = [...node.inputs];
  inputs.forEach((input, index) => {
    const small = smaller(input, builder, made);
    const trial = inputs.with(index, small);
    const full = trial.map((value) => value.shape).reduce((a, b) => broadcastShapes(a, b));
    if (sameShape(full, shape)) inputs[index] = small;
  });
  if (inputs.every((input, index) => input === node.inputs[index])) return pushedInside(node, builder, made);
  return addLike(node, inputs, builder);
}

/** f(broadcast(x), scalar) becomes broadcast(f(x, scalar)). */
function pushedInside(
  node: GraphNode<'Binary' | 'Compare' | 'Select'>,
  builder: GraphBuilder,
  made: Made,
): Value | undefined {
  if (node.op !== 'Binary') return undefined;
  const index = node.inputs.findIndex((input) => made.get(input)?.op === 'Broadcast');
  if (index < 0 || sizeOf(node.inputs[1 - index].shape) !== 1) return undefined;
  const source = made.get(node.inputs[index])?.inputs[0];
  if (source === undefined) return undefined;
  const inside = addLike(node, node.inputs.with(index, source), builder);
  return builder.add('Broadcast', [inside], { shape: node.outputs[0].shape });
}

function addLike(
  node: GraphNode<'Binary' | 'Compare' | 'Select'>,
  inputs: readonly Value[],
  builder: GraphBuilder,
): Value {
  return builder.add(node.op, inputs, node.attributes);
}

function smaller(value: Value, builder: GraphBuilder, made: Made): Value {
  const values = builder.constantValues(value);
  if (typeof values === 'number' && value.shape.length > 0) return builder.constant(values, [], value.dtype);
  const node = made.get(value);
  return node?.op === 'Broadcast' ? node.inputs[0] : value;
}

function reshape(node: GraphNode<'Reshape'>, builder: GraphBuilder, made: Made): Value | undefined {
  const [x] = node.inputs;
  const { shape } = node.attributes;
  if (sameShape(x.shape, shape)) return x;
  const before = made.get(x);
  return before?.op === 'Reshape' ? builder.add('Reshape', before.inputs, { shape }) : undefined;
}
