/**
 * Emulates half types in float32, for machines and engines that have none: each value of a half type is rounded
 * to it, and kept as float32. Products then accumulate in float32, as every processor with half types does.
 */
import type { GraphBuilder } from '../../../src/engine/graph/builder';
import type { Graph, GraphNode, Value } from '../../../src/engine/graph/graph';
import type { BinaryFunction, DType, HalfType, OpName } from '../../../src/engine/graph/ops';
import { rebuild } from '../../../src/engine/graph/rebuild';

/** A graph without half types whose values are those that the given one would have. */
export function emulateHalfTypes(graph: Graph): Graph {
  return rebuild(graph, (node, builder) => {
    const { dtype } = node.outputs[0];
    if (node.op === 'Cast' && dtype === 'float32')
      return node.inputs[0].dtype === dtype ? node.inputs : undefined;
    if (!isHalf(dtype)) return undefined;
    const outputs = node.op === 'Cast' ? node.inputs : again(node, builder);
    return outputs.map((output) => roundTo(dtype, output, builder));
  });
}

/** Whether a type is one of the half types. */
export function isHalf(dtype: DType): dtype is HalfType {
  return dtype === 'bfloat16' || dtype === 'float16';
}

function again<K extends OpName>(node: GraphNode<K>, builder: GraphBuilder): readonly Value[] {
  return builder.addAll(node.op, node.inputs, node.attributes);
}

function roundTo(type: HalfType, x: Value, builder: GraphBuilder): Value {
  if (type === 'bfloat16') return toSignificand(8, x, builder);
  const rounded = toSignificand(11, x, builder);
  const { binary, less, select } = arithmetic(builder);
  // Adding and taking away 0.75 leaves multiples of 2^-24, the spacing below the smallest normal number.
  const tiny = binary('sub', binary('add', x, 0.75), 0.75);
  const small = select(less(builder.add('Unary', [x], { fn: 'abs' }), 2 ** -14), tiny, rounded);
  const overflow = binary('mul', builder.add('Unary', [x], { fn: 'sign' }), Infinity);
  return select(less(builder.add('Unary', [small], { fn: 'abs' }), 65536), small, overflow);
}

/** Dekker's splitting: the high part of x has `bits` significant bits, rounded to nearest. */
function toSignificand(bits: number, x: Value, builder: GraphBuilder): Value {
  const { binary } = arithmetic(builder);
  const large = binary('mul', x, 2 ** (24 - bits) + 1);
  return binary('sub', large, binary('sub', large, x));
}

function arithmetic(builder: GraphBuilder) {
  const value = (x: Value | number): Value =>
    typeof x === 'number' ? builder.constant(x, [], 'float32') : x;
  return {
    binary: (fn: BinaryFunction, a: Value, b: Value | number) => builder.add('Binary', [a, value(b)], { fn }),
    less: (a: Value, b: number) => builder.add('Compare', [a, value(b)], { fn: 'less' }),
    select: (condition: Value, a: Value, b: Value) => builder.add('Select', [condition, a, b], {}),
  };
}
