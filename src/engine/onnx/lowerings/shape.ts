/** Operations that move, repeat, select or create elements. */
import type { GraphNode, Value } from '../../graph/graph';
import type { Emitter } from '../emitter';
import { NCHW_AXIS, toChannelsFirst } from '../layout';
import { ONNX_TYPE } from '../proto';
import { blockedView } from './blockedOperands';

export function lowerConstant(node: GraphNode<'Constant'>, emit: Emitter): void {
  const { values, shape, dtype } = node.attributes;
  emit.define(node.outputs[0], emit.constant(values, shape, dtype));
}

export function lowerReshape(node: GraphNode<'Reshape'>, emit: Emitter): void {
  emit.define(node.outputs[0], emit.reshape(emit.name(node.inputs[0]), node.attributes.shape));
}

export function lowerBroadcast(node: GraphNode<'Broadcast'>, emit: Emitter): void {
  const layout = emit.layoutOf(node.outputs[0]);
  const { shape } = node.outputs[0];
  if (layout === 'blocked') {
    broadcastInBlocks(node, emit);
    return;
  }
  const target = emit.int64s(layout === 'nchw' ? toChannelsFirst(shape) : shape);
  const { dtype } = node.outputs[0];
  const source = emit.aligned(node.inputs[0], layout);
  emit.define(
    node.outputs[0],
    dtype === 'bool' ? viaInt32('Expand', [source, target], emit) : emit.node('Expand', [source, target]),
  );
}

function broadcastInBlocks({ inputs: [x], outputs: [output] }: GraphNode<'Broadcast'>, emit: Emitter): void {
  const [n, h, w, c] = output.shape;
  const { block } = emit;
  const target = emit.int64s([n, c / block, h, w, block]);
  const expanded = emit.node('Expand', [blockedView(x, emit), target]);
  emit.define(output, emit.reshape(expanded, [n, c, h, w]));
}

export function lowerTranspose(node: GraphNode<'Transpose'>, emit: Emitter): void {
  emit.define(node.outputs[0], emit.transpose(emit.name(node.inputs[0]), node.attributes.permutation));
}

export function lowerTile(node: GraphNode<'Tile'>, emit: Emitter): void {
  const repeats = emit.int64s(node.attributes.repeats);
  emit.define(node.outputs[0], emit.node('Tile', [emit.name(node.inputs[0]), repeats]));
}

export function lowerConcat(node: GraphNode<'Concat'>, emit: Emitter): void {
  const layout = plainLayoutOf(node.outputs[0], emit);
  const { axis } = node.attributes;
  const parts = node.inputs.map((input) => emit.name(input, layout));
  emit.define(
    node.outputs[0],
    emit.node('Concat', parts, { axis: layout === 'nchw' ? NCHW_AXIS[axis] : axis }),
  );
}

export function lowerSlice(node: GraphNode<'Slice'>, emit: Emitter): void {
  const { begin, size, strides } = node.attributes;
  const layout = plainLayoutOf(node.outputs[0], emit);
  const order = (entries: readonly number[]): readonly number[] =>
    layout === 'nchw' ? toChannelsFirst(entries) : entries;
  const end = begin.map((from, axis) => from + (size[axis] - 1) * strides[axis] + 1);
  const lists = [begin, end, begin.map((_, axis) => axis), strides];
  const [from, to, , by] = lists.map((list) => emit.int64s(order(list)));
  const axes = emit.int64s(begin.map((_, axis) => axis));
  emit.define(node.outputs[0], emit.node('Slice', [emit.name(node.inputs[0], layout), from, to, axes, by]));
}

export function lowerPad(node: GraphNode<'Pad'>, emit: Emitter): void {
  const { before, after, value } = node.attributes;
  const layout = plainLayoutOf(node.outputs[0], emit);
  const pads = [before, after].flatMap((list) => (layout === 'nchw' ? toChannelsFirst(list) : list));
  const fill = emit.constant(value, [], node.outputs[0].dtype);
  emit.define(
    node.outputs[0],
    emit.node('Pad', [emit.name(node.inputs[0], layout), emit.int64s(pads), fill]),
  );
}

/** A slice with negative strides: from the last element to before the first. */
export function lowerReverse(node: GraphNode<'Reverse'>, emit: Emitter): void {
  emit.define(node.outputs[0], reversed(emit.name(node.inputs[0]), node.attributes.axes, emit));
}

/** Adds the reversal of a tensor along axes. */
export function reversed(name: string, axes: readonly number[], emit: Emitter): string {
  const fill = (value: number): string => emit.int64s(axes.map(() => value));
  const beforeFirst = Number.MIN_SAFE_INTEGER;
  return emit.node('Slice', [name, fill(-1), fill(beforeFirst), emit.int64s(axes), fill(-1)]);
}

export function lowerGather(node: GraphNode<'Gather'>, emit: Emitter): void {
  const names = node.inputs.map((input) => emit.name(input));
  emit.define(node.outputs[0], emit.node('Gather', names, { axis: node.attributes.axis }));
}

/** Compares each index with 0..depth-1: onnxruntime's own OneHot takes fewer element types. */
export function lowerOneHot(node: GraphNode<'OneHot'>, emit: Emitter): void {
  const { depth, on, off, dtype } = node.attributes;
  const [indices] = node.inputs;
  const column = emit.reshape(emit.name(indices), [...indices.shape, 1]);
  const classes = emit.constant(
    Int32Array.from({ length: depth }, (_, index) => index),
    [depth],
    'int32',
  );
  const matches = emit.node('Equal', [column, classes]);
  if (on === 1 && off === 0) {
    emit.define(node.outputs[0], emit.node('Cast', [matches], { to: ONNX_TYPE[dtype] }));
    return;
  }
  const values = [on, off].map((value) => emit.constant(value, [], dtype));
  emit.define(node.outputs[0], emit.node('Where', [matches, ...values]));
}

/** Nothing here but a broadcast is planned in blocks. */
function plainLayoutOf(value: Value, emit: Emitter): 'nhwc' | 'nchw' {
  return emit.layoutOf(value) === 'nhwc' ? 'nhwc' : 'nchw';
}

/** Runs an operator that onnxruntime lacks for bool on int32. */
function viaInt32(type: string, [x, ...rest]: readonly string[], emit: Emitter): string {
  const integers = emit.node('Cast', [x], { to: ONNX_TYPE.int32 });
  return emit.node('Cast', [emit.node(type, [integers, ...rest])], { to: ONNX_TYPE.bool });
}
