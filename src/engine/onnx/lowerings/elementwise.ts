/** Elementwise operations, in whichever layout their output is planned in. */
import type { GraphNode, Value } from '../../graph/graph';
import type { BinaryFunction, CompareFunction, UnaryFunction } from '../../graph/ops';
import type { Emitter } from '../emitter';
import { ONNX_TYPE } from '../proto';

type Unary = (x: string, emit: Emitter) => string;

const direct =
  (type: string): Unary =>
  (x, emit) =>
    emit.node(type, [x]);

/**
 * 1 above zero, else 0, as one multithreaded pass: HardSigmoid is clamp(slope * x + 0, 0, 1), which differs from
 * the step only below the smallest normal float.
 */
const step: Unary = (x, emit) =>
  emit.node('HardSigmoid', [x], { alpha: { float: 1e38 }, beta: { float: 0 } });

const UNARY: Readonly<Record<UnaryFunction, Unary>> = {
  abs: direct('Abs'),
  ceil: direct('Ceil'),
  cos: direct('Cos'),
  erf: direct('Erf'),
  exp: direct('Exp'),
  floor: direct('Floor'),
  isFinite: (x, emit) =>
    emit.node('Not', [emit.node('Or', [emit.node('IsNaN', [x]), emit.node('IsInf', [x])])]),
  isNaN: direct('IsNaN'),
  log: direct('Log'),
  log1p: (x, emit) => emit.node('Log', [emit.node('Add', [x, emit.float(1)])]),
  neg: direct('Neg'),
  not: direct('Not'),
  reciprocal: direct('Reciprocal'),
  relu: direct('Relu'),
  round: direct('Round'),
  rsqrt: (x, emit) => emit.node('Reciprocal', [emit.node('Sqrt', [x])]),
  sigmoid: direct('Sigmoid'),
  sign: direct('Sign'),
  sin: direct('Sin'),
  softplus: direct('Softplus'),
  sqrt: direct('Sqrt'),
  square: (x, emit) => emit.node('Mul', [x, x]),
  step,
  tanh: direct('Tanh'),
};

const BINARY: Readonly<Record<BinaryFunction, string>> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  floorDiv: 'Div',
  maximum: 'Max',
  minimum: 'Min',
  pow: 'Pow',
};

const COMPARE: Readonly<Record<CompareFunction, string>> = {
  equal: 'Equal',
  notEqual: 'Equal',
  greater: 'Greater',
  greaterEqual: 'GreaterOrEqual',
  less: 'Less',
  lessEqual: 'LessOrEqual',
  and: 'And',
  or: 'Or',
};

export function lowerUnary(node: GraphNode<'Unary'>, emit: Emitter): void {
  const [x] = operands(node, emit);
  emit.define(node.outputs[0], UNARY[node.attributes.fn](x, emit));
}

export function lowerBinary(node: GraphNode<'Binary'>, emit: Emitter): void {
  const { fn } = node.attributes;
  const phases = fn === 'add' ? node.inputs.map((input) => emit.phases(input)) : [];
  if (phases.length === 2 && phases.every((name) => name !== undefined)) {
    emit.define(node.outputs[0], emit.node('Add', phases), 'phases');
    return;
  }
  const inputs = operands(node, emit);
  const isFloorDiv = fn === 'floorDiv';
  const quotient = isFloorDiv ? inputs.map((name) => cast(name, 'float32', emit)) : inputs;
  const result = emit.node(BINARY[fn], quotient);
  const { dtype } = node.outputs[0];
  emit.define(node.outputs[0], isFloorDiv ? cast(emit.node('Floor', [result]), dtype, emit) : result);
}

export function lowerCompare(node: GraphNode<'Compare'>, emit: Emitter): void {
  const { fn } = node.attributes;
  const result = emit.node(COMPARE[fn], operands(node, emit));
  emit.define(node.outputs[0], fn === 'notEqual' ? emit.node('Not', [result]) : result);
}

export function lowerClip(node: GraphNode<'Clip'>, emit: Emitter): void {
  const { min, max } = node.attributes;
  const { dtype } = node.outputs[0];
  const bounds = [min, max].map((bound) => emit.constant(bound, [], dtype));
  emit.define(node.outputs[0], emit.node('Clip', [...operands(node, emit), ...bounds]));
}

export function lowerSelect(node: GraphNode<'Select'>, emit: Emitter): void {
  emit.define(node.outputs[0], emit.node('Where', operands(node, emit)));
}

export function lowerCast(node: GraphNode<'Cast'>, emit: Emitter): void {
  const [x] = operands(node, emit);
  emit.define(node.outputs[0], cast(x, node.attributes.dtype, emit));
}

/** The names of a node's inputs, aligned with the layout of its first output. */
export function operands(
  node: { inputs: readonly Value[]; outputs: readonly Value[] },
  emit: Emitter,
): string[] {
  const layout = emit.layoutOf(node.outputs[0]);
  return node.inputs.map((input) => emit.aligned(input, layout));
}

function cast(name: string, dtype: keyof typeof ONNX_TYPE, emit: Emitter): string {
  return emit.node('Cast', [name], { to: ONNX_TYPE[dtype] });
}
