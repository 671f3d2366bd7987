/**
 * Shape rules: for each operation, the specs of its outputs from its inputs and attributes.
 * Tracing and passes both build nodes through these rules, so a graph cannot disagree with itself.
 */
import { sizeOf, type GraphNode, type Value, type ValueSpec } from './graph';
import type { OpAttributes, OpName, Pair, Window } from './ops';

type Rules = {
  readonly [K in OpName]: (inputs: readonly Value[], attributes: OpAttributes[K]) => readonly ValueSpec[];
};

const RULES: Rules = {
  Constant: (_inputs, { shape, dtype }) => [{ shape, dtype }],
  Unary: ([x], { fn }) => [{ shape: x.shape, dtype: isPredicate(fn) ? 'bool' : x.dtype }],
  Binary: ([a, b]) => [{ shape: broadcastShapes(a.shape, b.shape), dtype: a.dtype }],
  Compare: ([a, b]) => [{ shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' }],
  Clip: ([x]) => [x],
  Select: ([condition, a, b]) => [
    { shape: broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape)), dtype: a.dtype },
  ],
  Cast: ([x], { dtype }) => [{ shape: x.shape, dtype }],
  Reshape: ([x], { shape }) => [{ shape: reshaped(x.shape, shape), dtype: x.dtype }],
  Broadcast: ([x], { shape }) => [{ shape: broadcastShapes(x.shape, shape), dtype: x.dtype }],
  Transpose: ([x], { permutation }) => [{ shape: permutation.map((axis) => x.shape[axis]), dtype: x.dtype }],
  Tile: ([x], { repeats }) => [{ shape: x.shape.map((size, axis) => size * repeats[axis]), dtype: x.dtype }],
  Concat: (inputs, { axis }) => [concatenated(inputs, axis)],
  Slice: ([x], { size }) => [{ shape: size, dtype: x.dtype }],
  Pad: ([x], { before, after }) => [
    { shape: x.shape.map((size, axis) => before[axis] + size + after[axis]), dtype: x.dtype },
  ],
  Reverse: ([x]) => [x],
  Gather: ([x, indices], { axis }) => [
    { shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], dtype: x.dtype },
  ],
  OneHot: ([indices], { depth, dtype }) => [{ shape: [...indices.shape, depth], dtype }],
  Reduce: ([x], { axes, keepDims }) => [{ shape: reduced(x.shape, axes, keepDims), dtype: x.dtype }],
  ArgReduce: ([x], { axis }) => [{ shape: reduced(x.shape, [axis], false), dtype: 'int32' }],
  Softmax: ([x]) => [x],
  MatMul: (inputs, attributes) => [product(inputs, attributes)],
  Conv2D: ([x, filter], window) => [
    { shape: slid(x.shape, [filter.shape[0], filter.shape[1]], window, filter.shape[3]), dtype: x.dtype },
  ],
  Conv2DInputGrad: ([dy], { inputShape }) => [{ shape: inputShape, dtype: dy.dtype }],
  Conv2DFilterGrad: ([x], { filterShape }) => [{ shape: filterShape, dtype: x.dtype }],
  MaxPool: ([x], window) => [{ shape: slid(x.shape, window.size, window, x.shape[3]), dtype: x.dtype }],
  MaxPoolGrad: ([, x]) => [x],
  AvgPool: ([x], window) => [{ shape: slid(x.shape, window.size, window, x.shape[3]), dtype: x.dtype }],
  AvgPoolGrad: ([dy], { inputShape }) => [{ shape: inputShape, dtype: dy.dtype }],
  BatchNormTraining: ([x, gamma]) => [x, gamma, gamma],
  BatchNormTrainingGrad: ([, x, gamma]) => [x, gamma, gamma],
};

/** Specs of an operation's outputs. Throws where shapes do not fit. */
export function inferOutputs<K extends OpName>(
  op: K,
  inputs: readonly Value[],
  attributes: OpAttributes[K],
): readonly ValueSpec[] {
  return RULES[op](inputs, attributes);
}

/** NumPy's broadcast of two shapes. Throws where they do not fit. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [m, n] = [a, b].map((shape) => shape[axis - rank + shape.length] ?? 1);
    if (m !== n && m !== 1 && n !== 1) {
      throw new Error(`Shapes [${a.join(', ')}] and [${b.join(', ')}] cannot be broadcast together`);
    }
    return m === 1 ? n : m;
  });
}

/** Whether a node's output at each position depends on its inputs at that position only. */
export function isElementwise(node: GraphNode): boolean {
  return ['Unary', 'Binary', 'Compare', 'Clip', 'Select', 'Cast'].includes(node.op);
}

function isPredicate(fn: string): boolean {
  return fn === 'isNaN' || fn === 'isFinite' || fn === 'not';
}

function reshaped(from: readonly number[], to: readonly number[]): readonly number[] {
  if (sizeOf(from) !== sizeOf(to)) {
    throw new Error(`A tensor of shape [${from.join(', ')}] cannot be reshaped to [${to.join(', ')}]`);
  }
  return to;
}

function concatenated(inputs: readonly Value[], axis: number): ValueSpec {
  const length = inputs.reduce((sum, input) => sum + input.shape[axis], 0);
  return { shape: inputs[0].shape.with(axis, length), dtype: inputs[0].dtype };
}

function reduced(shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] {
  return keepDims
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}

function product([a, b]: readonly Value[], options: OpAttributes['MatMul']): ValueSpec {
  const [m, k] = lastTwo(a.shape, options.transposeA);
  const [k2, n] = lastTwo(b.shape, options.transposeB);
  if (k !== k2) throw new Error(`Inner sizes ${k} and ${k2} of a matrix product differ`);
  return { shape: [...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n], dtype: a.dtype };
}

function lastTwo(shape: readonly number[], transpose: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2);
  return transpose ? [columns, rows] : [rows, columns];
}

function slid(shape: readonly number[], size: Pair, window: Window, channels: number): number[] {
  const [top, left, bottom, right] = window.pads;
  const height = Math.floor((shape[1] + top + bottom - size[0]) / window.strides[0]) + 1;
  const width = Math.floor((shape[2] + left + right - size[1]) / window.strides[1]) + 1;
  return [shape[0], height, width, channels];
}
