/** Reductions, softmax and matrix products. */
import type { GraphNode } from '../../graph/graph';
import type { DType, ReduceFunction } from '../../graph/ops';
import type { Emitter } from '../savedModel/emitter';

const REDUCE: Readonly<Record<ReduceFunction, string>> = {
  sum: 'Sum',
  mean: 'Mean',
  max: 'Max',
  min: 'Min',
  prod: 'Prod',
  all: 'All',
  any: 'Any',
};

/** What reductions of numbers come to where all numbers are 0 or 1 and so is the result. */
const REDUCE_BOOL: Readonly<Record<ReduceFunction, 'All' | 'Any'>> = {
  sum: 'Any',
  mean: 'All',
  max: 'Any',
  min: 'All',
  prod: 'All',
  all: 'All',
  any: 'Any',
};

export function lowerReduce(node: GraphNode<'Reduce'>, emit: Emitter): void {
  const [x] = node.inputs;
  const { fn, axes, keepDims } = node.attributes;
  const isBool = x.dtype === 'bool';
  const inputs = [emit.name(x), emit.int32s(axes)];
  const attributes = { keep_dims: keepDims, Tidx: { type: 'int32' } } as const;
  const reduced = isBool
    ? emit.node(REDUCE_BOOL[fn], inputs, attributes)
    : emit.typed(REDUCE[fn], x.dtype, inputs, attributes);
  emit.define(node.outputs[0], reduced);
}

/** The least index of those that hold the extreme: TensorFlow's own ArgMax promises no order among equals. */
export function lowerArgReduce(node: GraphNode<'ArgReduce'>, emit: Emitter): void {
  const [x] = node.inputs;
  const { fn, axis } = node.attributes;
  const length = x.shape[axis];
  const name = emit.name(x);
  const reduce = (op: string, type: DType, operand: string, keepDims: boolean): string => {
    const attributes = { keep_dims: keepDims, Tidx: { type: 'int32' } } as const;
    return emit.typed(op, type, [operand, emit.int32s([axis])], attributes);
  };
  const extreme = reduce(REDUCE[fn], x.dtype, name, true);
  const isExtreme = emit.typed('Equal', x.dtype, [name, extreme]);
  const along = x.shape.map((_, index) => (index === axis ? length : 1));
  const indices = emit.constant(
    Int32Array.from({ length }, (_, index) => index),
    along,
    'int32',
  );
  const candidates = emit.typed('SelectV2', 'int32', [isExtreme, indices, emit.scalar(length, 'int32')]);
  emit.define(node.outputs[0], reduce('Min', 'int32', candidates, false));
}

export function lowerSoftmax(node: GraphNode<'Softmax'>, emit: Emitter): void {
  const [x] = node.inputs;
  emit.define(node.outputs[0], emit.typed('Softmax', x.dtype, [emit.name(x)]));
}

export function lowerMatMul(node: GraphNode<'MatMul'>, emit: Emitter): void {
  const { transposeA, transposeB } = node.attributes;
  const [a] = node.inputs;
  const names = node.inputs.map((input) => emit.name(input));
  const isPlain = node.inputs.every(({ shape }) => shape.length === 2);
  const product = isPlain
    ? emit.typed('MatMul', a.dtype, names, { transpose_a: transposeA, transpose_b: transposeB })
    : emit.typed('BatchMatMulV2', a.dtype, names, { adj_x: transposeA, adj_y: transposeB });
  emit.define(node.outputs[0], product);
}
