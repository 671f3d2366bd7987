/** Elementwise operations, in whichever layout their output is planned in. */
import type { GraphNode } from '../../graph/graph';
import type { BinaryFunction, CompareFunction, DType, UnaryFunction } from '../../graph/ops';
import type { Emitter } from '../emitter';
import { emitConv } from '../nchwc';
import { ONNX_TYPE } from '../proto';
import { inBlocks, isTakenUp } from './blockedOperands';

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
  const { fn } = node.attributes;
  const conv = fn === 'relu' ? emit.postponed(node.inputs[0]) : undefined;
  if (conv === undefined) elementwise(node, emit, ([x]) => UNARY[fn](x, emit));
  else emit.define(node.outputs[0], emitConv({ ...conv, activation: 'Relu' }, emit));
}

export function lowerBinary(node: GraphNode<'Binary'>, emit: Emitter): void {
  const { fn } = node.attributes;
  const [output] = node.outputs;
  const phases = fn === 'add' ? node.inputs.map((input) => emit.phases(input)) : [];
  if (phases.length === 2 && phases.every((name) => name !== undefined)) {
    emit.define(output, emit.node('Add', phases), 'phases');
  } else if (!isTakenUp(node, emit))
    elementwise(node, emit, (names) => binary(fn, names, { dtype: output.dtype, emit }));
}

export function lowerCompare(node: GraphNode<'Compare'>, emit: Emitter): void {
  const { fn } = node.attributes;
  elementwise(node, emit, (names) => {
    const result = emit.node(COMPARE[fn], names);
    return fn === 'notEqual' ? emit.node('Not', [result]) : result;
  });
}

export function lowerClip(node: GraphNode<'Clip'>, emit: Emitter): void {
  const { min, max } = node.attributes;
  const { dtype } = node.outputs[0];
  const bounds = [min, max].map((bound) => emit.constant(bound, [], dtype));
  elementwise(node, emit, (names) => emit.node('Clip', [...names, ...bounds]));
}

export function lowerSelect(node: GraphNode<'Select'>, emit: Emitter): void {
  elementwise(node, emit, (names) => emit.node('Where', names));
}

export function lowerCast(node: GraphNode<'Cast'>, emit: Emitter): void {
  elementwise(node, emit, ([x]) => cast(x, node.attributes.dtype, emit));
}

interface BinaryContext {
  readonly dtype: DType;
  readonly emit: Emitter;
}

function binary(fn: BinaryFunction, names: readonly string[], { dtype, emit }: BinaryContext): string {
  if (fn !== 'floorDiv') return emit.node(BINARY[fn], names);
  const floats = names.map((name) => cast(name, 'float32', emit));
  return cast(emit.node('Floor', [emit.node('Div', floats)]), dtype, emit);
}

/** Defines a node's output as an elementwise function of its inputs, in the layout that is planned for it. */
function elementwise(
  { inputs, outputs: [output] }: GraphNode,
  emit: Emitter,
  apply: (names: readonly string[]) => string,
): void {
  const layout = emit.layoutOf(output);
  if (layout !== 'blocked') {
    emit.define(output, apply(inputs.map((input) => emit.aligned(input, layout))));
    return;
  }
  const { names, restore } = inBlocks(inputs, output, emit);
  emit.define(output, restore(apply(names)));
}

function cast(name: string, dtype: DType, emit: Emitter): string {
  return emit.node('Cast', [name], { to: ONNX_TYPE[dtype] });
}
