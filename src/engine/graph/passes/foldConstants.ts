/**
 * Constant folding: an operation whose inputs are constants becomes a constant. Only operations that keep
 * constants small are folded; products and large reductions of constants are left to the engine.
 */
import type { GraphBuilder } from '../builder';
import { sameShape, sizeOf, type Graph, type GraphNode, type Value } from '../graph';
import type { BinaryFunction, ConstantValues, DType, OpName, UnaryFunction } from '../ops';
import { rebuild } from '../rebuild';

/** The graph with constant subexpressions computed, in float32 and int32 arithmetic as the engine would. */
export function foldConstants(graph: Graph): Graph {
  return rebuild(graph, (node, builder) => {
    const constants = node.inputs.map((input) => builder.constantValues(input));
    if (constants.length === 0 || !constants.every((values) => values !== undefined)) return undefined;
    const values = fold(node, constants);
    if (values === undefined) return undefined;
    const [{ shape, dtype }] = node.outputs;
    return [constant(builder, values, { shape, dtype })];
  });
}

const UNARY: Partial<Record<UnaryFunction, (x: number) => number>> = {
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  neg: (x) => -x,
  not: (x) => (x === 0 ? 1 : 0),
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(x, 0),
  rsqrt: (x) => 1 / Math.sqrt(x),
  sqrt: Math.sqrt,
  square: (x) => x * x,
  step: (x) => (x > 0 ? 1 : 0),
};

const BINARY: Record<BinaryFunction, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  floorDiv: (a, b) => Math.floor(a / b),
  maximum: Math.max,
  minimum: Math.min,
  pow: Math.pow,
};

/** Operations that leave a constant of one value what it is. */
const KEEP_ONE_VALUE: ReadonlySet<OpName> = new Set(['Broadcast', 'Tile', 'Transpose', 'Reverse']);

function fold(node: GraphNode, constants: readonly ConstantValues[]): ConstantValues | undefined {
  const [first] = constants;
  if (node.op === 'Unary') return foldUnary(node.attributes.fn, first);
  if (node.op === 'Binary') return foldBinary(node, constants);
  if (node.op === 'Cast') return foldCast(node.attributes.dtype, first);
  if (node.op === 'Reshape') return first;
  return KEEP_ONE_VALUE.has(node.op) && typeof first === 'number' ? first : undefined;
}

function foldUnary(fn: UnaryFunction, values: ConstantValues): ConstantValues | undefined {
  const apply = UNARY[fn];
  return apply && map(values, apply);
}

function foldBinary(
  node: GraphNode<'Binary'>,
  [a, b]: readonly ConstantValues[],
): ConstantValues | undefined {
  const apply = BINARY[node.attributes.fn];
  if (typeof a === 'number' && typeof b === 'number') return apply(a, b);
  const isWhole = (value: Value): boolean => sizeOf(value.shape) === sizeOf(node.outputs[0].shape);
  if (typeof b === 'number' && isWhole(node.inputs[0])) return map(a, (value) => apply(value, b));
  if (typeof a === 'number' && isWhole(node.inputs[1])) return map(b, (value) => apply(a, value));
  if (typeof a === 'number' || typeof b === 'number') return undefined;
  const [{ shape }] = node.outputs;
  if (!node.inputs.every((input) => repeatsIn(input, shape))) return undefined;
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => apply(a[i % a.length], b[i % b.length]));
}

/** Whether broadcasting a value to a shape repeats it whole: its axes are the last ones of the shape. */
function repeatsIn(value: Value, shape: readonly number[]): boolean {
  return sameShape(value.shape, shape.slice(shape.length - value.shape.length));
}

function map(values: ConstantValues, apply: (value: number) => number): ConstantValues {
  return typeof values === 'number' ? apply(values) : Float32Array.from(values, apply);
}

/** Constants have no half type: rounding to one is left to the engine. */
function foldCast(dtype: DType, values: ConstantValues): ConstantValues | undefined {
  if (dtype === 'bfloat16' || dtype === 'float16') return undefined;
  return map(values, (value) => castNumber(value, dtype));
}

function castNumber(value: number, dtype: DType): number {
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  return dtype === 'int32' ? Math.trunc(value) : value;
}

function constant(
  builder: GraphBuilder,
  values: ConstantValues,
  spec: Pick<Value, 'shape' | 'dtype'>,
): Value {
  if (typeof values === 'number') {
    const rounded = spec.dtype === 'float32' ? Math.fround(values) : values;
    return builder.constant(rounded, spec.shape, spec.dtype);
  }
  return builder.constant(toDtype(values, spec.dtype), spec.shape, spec.dtype);
}

function toDtype(values: Float32Array | Int32Array | Uint8Array, dtype: DType): ConstantValues {
  if (dtype === 'float32') return Float32Array.from(values);
  return dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values);
}
