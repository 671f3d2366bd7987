/** Elementwise operations; all follow NumPy's broadcasting, as TensorFlow's do. */
import { sameShape, type GraphNode, type Value } from '../../graph/graph';
import type { BinaryFunction, CompareFunction, UnaryFunction } from '../../graph/ops';
import type { Emitter } from '../savedModel/emitter';

const UNARY: Readonly<Record<Exclude<UnaryFunction, 'not' | 'step'>, string>> = {
  abs: 'Abs',
  ceil: 'Ceil',
  cos: 'Cos',
  erf: 'Erf',
  exp: 'Exp',
  floor: 'Floor',
  isFinite: 'IsFinite',
  isNaN: 'IsNan',
  log: 'Log',
  log1p: 'Log1p',
  neg: 'Neg',
  reciprocal: 'Reciprocal',
  relu: 'Relu',
  round: 'Round',
  rsqrt: 'Rsqrt',
  sigmoid: 'Sigmoid',
  sign: 'Sign',
  sin: 'Sin',
  softplus: 'Softplus',
  sqrt: 'Sqrt',
  square: 'Square',
  tanh: 'Tanh',
};

const BINARY: Readonly<Record<BinaryFunction, string>> = {
  add: 'AddV2',
  sub: 'Sub',
  mul: 'Mul',
  div: 'RealDiv',
  floorDiv: 'FloorDiv',
  maximum: 'Maximum',
  minimum: 'Minimum',
  pow: 'Pow',
};

const COMPARE: Readonly<Record<Exclude<CompareFunction, 'and' | 'or'>, string>> = {
  equal: 'Equal',
  notEqual: 'NotEqual',
  greater: 'Greater',
  greaterEqual: 'GreaterEqual',
  less: 'Less',
  lessEqual: 'LessEqual',
};

export function lowerUnary(node: GraphNode<'Unary'>, emit: Emitter): void {
  const [x] = node.inputs;
  const { fn } = node.attributes;
  emit.define(node.outputs[0], unary(fn, x, emit));
}

function unary(fn: UnaryFunction, x: Value, emit: Emitter): string {
  const name = emit.name(x);
  if (fn === 'not') return emit.node('LogicalNot', [name]);
  if (fn !== 'step') return emit.typed(UNARY[fn], x.dtype, [name]);
  const above = emit.typed('Greater', x.dtype, [name, emit.scalar(0, x.dtype)]);
  return emit.cast(above, 'bool', x.dtype);
}

export function lowerBinary(node: GraphNode<'Binary'>, emit: Emitter): void {
  const { fn } = node.attributes;
  const { dtype } = node.outputs[0];
  const names = node.inputs.map((input) => (fn === 'add' ? term(input, emit) : emit.name(input)));
  emit.define(node.outputs[0], reluGradient(node, emit) ?? emit.typed(BINARY[fn], dtype, names));
}

/**
 * A term of a sum; one that is a sum itself is copied. TensorFlow's optimiser would else gather both into one AddN,
 * which begins with whichever term nobody else is reading at that moment: the last bit would differ from step to step.
 */
function term(value: Value, emit: Emitter): string {
  const maker = emit.makerOf(value);
  const isSum = maker?.op === 'Binary' && maker.attributes.fn === 'add';
  const name = emit.name(value);
  return isSum ? emit.memo(`copy ${name}`, () => emit.typed('DeepCopy', value.dtype, [name])) : name;
}

/** dy * step(x), the gradient of relu(x), in one pass over memory instead of three. */
function reluGradient(node: GraphNode<'Binary'>, emit: Emitter): string | undefined {
  if (node.attributes.fn !== 'mul' || node.outputs[0].dtype === 'int32') return undefined;
  for (const [dy, mask] of [node.inputs, node.inputs.toReversed()]) {
    const maker = emit.makerOf(mask);
    if (maker?.op !== 'Unary' || maker.attributes.fn !== 'step' || !sameShape(dy.shape, mask.shape)) continue;
    return emit.typed('ReluGrad', dy.dtype, [emit.name(dy), emit.name(maker.inputs[0])]);
  }
  return undefined;
}

export function lowerCompare(node: GraphNode<'Compare'>, emit: Emitter): void {
  const { fn } = node.attributes;
  const names = node.inputs.map((input) => emit.name(input));
  const result =
    fn === 'and' || fn === 'or'
      ? emit.node(fn === 'and' ? 'LogicalAnd' : 'LogicalOr', names)
      : emit.typed(COMPARE[fn], node.inputs[0].dtype, names);
  emit.define(node.outputs[0], result);
}

export function lowerClip(node: GraphNode<'Clip'>, emit: Emitter): void {
  const [x] = node.inputs;
  const { min, max } = node.attributes;
  const bounds = [min, max].map((bound) => emit.scalar(bound, x.dtype));
  emit.define(node.outputs[0], emit.typed('ClipByValue', x.dtype, [emit.name(x), ...bounds]));
}

export function lowerSelect(node: GraphNode<'Select'>, emit: Emitter): void {
  const names = node.inputs.map((input) => emit.name(input));
  emit.define(node.outputs[0], emit.typed('SelectV2', node.outputs[0].dtype, names));
}

export function lowerCast(node: GraphNode<'Cast'>, emit: Emitter): void {
  const [x] = node.inputs;
  emit.define(node.outputs[0], emit.cast(emit.name(x), x.dtype, node.attributes.dtype));
}
