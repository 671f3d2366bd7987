/** Operations that move, repeat, select or create elements. */
import type { GraphNode } from '../../graph/graph';
import type { Emitter } from '../savedModel/emitter';

const INDEX = { type: 'int32' } as const;

export function lowerConstant(node: GraphNode<'Constant'>, emit: Emitter): void {
  const { values, shape, dtype } = node.attributes;
  emit.define(node.outputs[0], emit.constant(values, shape, dtype));
}

export function lowerReshape(node: GraphNode<'Reshape'>, emit: Emitter): void {
  const [x] = node.inputs;
  emit.define(node.outputs[0], emit.reshape(emit.name(x), x.dtype, node.attributes.shape));
}

export function lowerBroadcast(node: GraphNode<'Broadcast'>, emit: Emitter): void {
  lowerWithList(node, { op: 'BroadcastTo', list: node.outputs[0].shape, listType: 'Tidx' }, emit);
}

export function lowerTranspose(node: GraphNode<'Transpose'>, emit: Emitter): void {
  lowerWithList(node, { op: 'Transpose', list: node.attributes.permutation, listType: 'Tperm' }, emit);
}

export function lowerTile(node: GraphNode<'Tile'>, emit: Emitter): void {
  lowerWithList(node, { op: 'Tile', list: node.attributes.repeats, listType: 'Tmultiples' }, emit);
}

export function lowerReverse(node: GraphNode<'Reverse'>, emit: Emitter): void {
  lowerWithList(node, { op: 'ReverseV2', list: node.attributes.axes, listType: 'Tidx' }, emit);
}

interface ListOperation {
  readonly op: string;
  readonly list: readonly number[];
  /** Name of the attribute that says the list's element type. */
  readonly listType: string;
}

/** An operation on one tensor and a list of integers. */
function lowerWithList(
  node: GraphNode<'Broadcast' | 'Transpose' | 'Tile' | 'Reverse'>,
  { op, list, listType }: ListOperation,
  emit: Emitter,
): void {
  const [x] = node.inputs;
  const inputs = [emit.name(x), emit.int32s(list)];
  emit.define(node.outputs[0], emit.typed(op, x.dtype, inputs, { [listType]: INDEX }));
}

export function lowerConcat(node: GraphNode<'Concat'>, emit: Emitter): void {
  const { dtype } = node.outputs[0];
  const parts = node.inputs.map((input) => emit.name(input));
  const axis = emit.scalar(node.attributes.axis, 'int32');
  emit.define(
    node.outputs[0],
    emit.typed('ConcatV2', dtype, [...parts, axis], { N: parts.length, Tidx: INDEX }),
  );
}

export function lowerSlice(node: GraphNode<'Slice'>, emit: Emitter): void {
  const [x] = node.inputs;
  const { begin, size, strides } = node.attributes;
  const name = emit.name(x);
  if (strides.every((stride) => stride === 1)) {
    const inputs = [name, emit.int32s(begin), emit.int32s(size)];
    emit.define(node.outputs[0], emit.typed('Slice', x.dtype, inputs, { Index: INDEX }));
    return;
  }
  const end = begin.map((from, axis) => from + (size[axis] - 1) * strides[axis] + 1);
  const inputs = [name, ...[begin, end, strides].map((list) => emit.int32s(list))];
  emit.define(node.outputs[0], emit.typed('StridedSlice', x.dtype, inputs, { Index: INDEX }));
}

export function lowerPad(node: GraphNode<'Pad'>, emit: Emitter): void {
  const [x] = node.inputs;
  const { before, after, value } = node.attributes;
  const paddings = before.flatMap((count, axis) => [count, after[axis]]);
  const inputs = [emit.name(x), pairs(paddings, emit), emit.scalar(value, x.dtype)];
  emit.define(node.outputs[0], emit.typed('PadV2', x.dtype, inputs, { Tpaddings: INDEX }));
}

/** Integers as a constant [n, 2]. */
export function pairs(values: readonly number[], emit: Emitter): string {
  return emit.memo(`pairs ${values.join(' ')}`, () =>
    emit.constant(Int32Array.from(values), [values.length / 2, 2], 'int32'),
  );
}

export function lowerGather(node: GraphNode<'Gather'>, emit: Emitter): void {
  const [x, indices] = node.inputs;
  const inputs = [emit.name(x), emit.name(indices), emit.scalar(node.attributes.axis, 'int32')];
  const types = { Tparams: { type: x.dtype }, Tindices: INDEX, Taxis: INDEX };
  emit.define(node.outputs[0], emit.node('GatherV2', inputs, { ...types, batch_dims: 0 }));
}

export function lowerOneHot(node: GraphNode<'OneHot'>, emit: Emitter): void {
  const { depth, on, off, dtype } = node.attributes;
  const inputs = [
    emit.name(node.inputs[0]),
    emit.scalar(depth, 'int32'),
    emit.scalar(on, dtype),
    emit.scalar(off, dtype),
  ];
  emit.define(node.outputs[0], emit.typed('OneHot', dtype, inputs, { TI: INDEX, axis: -1 }));
}
