/** Reductions, softmax and matrix products. */
import type { GraphNode } from '../../graph/graph';
import type { ReduceFunction } from '../../graph/ops';
import { MICROSOFT, type Emitter } from '../emitter';
import { NCHW_AXIS } from '../layout';
import { blockedMeans } from '../nchwc';
import { ONNX_TYPE } from '../proto';

const REDUCE: Readonly<Record<ReduceFunction, string>> = {
  sum: 'ReduceSum',
  mean: 'ReduceMean',
  max: 'ReduceMax',
  min: 'ReduceMin',
  prod: 'ReduceProd',
  all: 'ReduceMin',
  any: 'ReduceMax',
};

/** Reduces in the layout of the input; a result that keeps its four axes has that layout too. */
export function lowerReduce(node: GraphNode<'Reduce'>, emit: Emitter): void {
  if (isPooledInBlocks(node, emit)) {
    pooled(node, emit);
    return;
  }
  const [x] = node.inputs;
  const [output] = node.outputs;
  const { fn, axes, keepDims } = node.attributes;
  const isImage = keepsOrder(node) && emit.layoutOf(x) !== 'nhwc';
  const layout = isImage ? 'nchw' : 'nhwc';
  const axesThere = layout === 'nchw' ? axes.map((axis) => NCHW_AXIS[axis]) : axes;
  const operand = emit.name(x, layout);
  const isBool = x.dtype === 'bool';
  const numbers = isBool ? emit.node('Cast', [operand], { to: ONNX_TYPE.int32 }) : operand;
  const sorted = emit.int64s(axesThere.toSorted((a, b) => a - b));
  const result = emit.node(REDUCE[fn], [numbers, sorted], { keepdims: keepDims ? 1 : 0 });
  const typed = isBool ? emit.node('Cast', [result], { to: ONNX_TYPE.bool }) : result;
  emit.define(output, typed, keepDims && output.shape.length === 4 ? layout : 'nhwc');
}

/** Whether the axes that are left come out in the same order from either layout. */
function keepsOrder({ inputs: [x], attributes: { axes, keepDims } }: GraphNode<'Reduce'>): boolean {
  const left = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  return x.shape.length === 4 && (keepDims || !left.includes(3) || !(left.includes(1) || left.includes(2)));
}

function isPooledInBlocks(
  { inputs: [x], attributes: { fn, axes } }: GraphNode<'Reduce'>,
  emit: Emitter,
): boolean {
  const isOverImage = axes.length === 2 && axes.includes(1) && axes.includes(2);
  return (fn === 'mean' || fn === 'sum') && isOverImage && emit.layoutOf(x) === 'blocked';
}

/** Means of a blocked image over height and width lie in memory as in every other layout. */
function pooled(node: GraphNode<'Reduce'>, emit: Emitter): void {
  const [x] = node.inputs;
  const [output] = node.outputs;
  const means = emit.reshape(blockedMeans(emit.name(x, 'blocked'), emit), output.shape);
  const count = emit.float(x.shape[1] * x.shape[2]);
  const result = node.attributes.fn === 'mean' ? means : emit.node('Mul', [means, count]);
  emit.define(output, result, 'nhwc');
}

export function lowerArgReduce(node: GraphNode<'ArgReduce'>, emit: Emitter): void {
  const { fn, axis } = node.attributes;
  const type = fn === 'max' ? 'ArgMax' : 'ArgMin';
  const index = emit.node(type, [emit.name(node.inputs[0])], { axis, keepdims: 0 });
  emit.define(node.outputs[0], emit.node('Cast', [index], { to: ONNX_TYPE.int32 }));
}

export function lowerSoftmax(node: GraphNode<'Softmax'>, emit: Emitter): void {
  emit.define(node.outputs[0], emit.node('Softmax', [emit.name(node.inputs[0])], { axis: -1 }));
}

export function lowerMatMul(node: GraphNode<'MatMul'>, emit: Emitter): void {
  const { transposeA, transposeB } = node.attributes;
  const names = node.inputs.map((input) => emit.name(input));
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  emit.define(node.outputs[0], emit.node('FusedMatMul', names, attributes, MICROSOFT));
}
