/** Kernels that work element by element, with broadcasting. */
import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../../graph/builder';
import type { Value } from '../../graph/graph';
import type { BinaryFunction, CompareFunction, DType, UnaryFunction } from '../../graph/ops';
import { row, UnsupportedAttributes, type KernelRow } from './row';

const UNARY: Readonly<Record<string, UnaryFunction>> = {
  Abs: 'abs',
  Ceil: 'ceil',
  Cos: 'cos',
  Erf: 'erf',
  Exp: 'exp',
  Floor: 'floor',
  IsFinite: 'isFinite',
  IsNan: 'isNaN',
  Log: 'log',
  Log1p: 'log1p',
  LogicalNot: 'not',
  Neg: 'neg',
  Reciprocal: 'reciprocal',
  Relu: 'relu',
  Round: 'round',
  Rsqrt: 'rsqrt',
  Sigmoid: 'sigmoid',
  Sign: 'sign',
  Sin: 'sin',
  Softplus: 'softplus',
  Sqrt: 'sqrt',
  Square: 'square',
  Tanh: 'tanh',
};

const BINARY: Readonly<Record<string, BinaryFunction>> = {
  Add: 'add',
  FloorDiv: 'floorDiv',
  Maximum: 'maximum',
  Minimum: 'minimum',
  Multiply: 'mul',
  Pow: 'pow',
  RealDiv: 'div',
  Sub: 'sub',
};

const COMPARE: Readonly<Record<string, CompareFunction>> = {
  Equal: 'equal',
  Greater: 'greater',
  GreaterEqual: 'greaterEqual',
  Less: 'less',
  LessEqual: 'lessEqual',
  LogicalAnd: 'and',
  LogicalOr: 'or',
  NotEqual: 'notEqual',
};

export const elementwiseKernels: readonly KernelRow[] = [
  ...Object.entries(UNARY).map(([kernel, fn]) =>
    row(kernel, ({ list, build }) => build.add('Unary', list, { fn })),
  ),
  ...Object.entries(BINARY).map(([kernel, fn]) =>
    row(kernel, ({ list, build }) => build.add('Binary', list, { fn })),
  ),
  ...Object.entries(COMPARE).map(([kernel, fn]) =>
    row(kernel, ({ list, build }) => build.add('Compare', list, { fn })),
  ),
  row('AddN', ({ list, build }) => list.reduce((a, b) => build.add('Binary', [a, b], { fn: 'add' }))),
  row('SquaredDifference', ({ list, build }) =>
    build.add('Unary', [build.add('Binary', list, { fn: 'sub' })], { fn: 'square' }),
  ),
  row<StepAttrs>('Step', ({ inputs: { x }, attrs: { alpha }, build }) =>
    alpha === 0 ? build.add('Unary', [x], { fn: 'step' }) : slope(x, { above: 1, below: alpha, build }),
  ),
  row<LeakyReluAttrs>('LeakyRelu', ({ inputs: { x }, attrs: { alpha }, build }) =>
    build.add('Binary', [x, slope(x, { above: 1, below: alpha, build })], { fn: 'mul' }),
  ),
  row('Relu6', ({ inputs: { x }, build }) => build.add('Clip', [x], { min: 0, max: 6 })),
  row<ClipByValueAttrs>('ClipByValue', ({ inputs: { x }, attrs, build }) =>
    build.add('Clip', [x], { min: attrs.clipValueMin, max: attrs.clipValueMax }),
  ),
  row('Select', ({ inputs: { condition, t, e }, build }) =>
    build.add('Select', [alignLeft(condition, t, build), t, e], {}),
  ),
  row<CastAttrs>('Cast', ({ inputs: { x }, attrs, build }) => {
    const dtype = elementType(attrs.dtype);
    return dtype === x.dtype ? x : build.add('Cast', [x], { dtype });
  }),
  row('Identity', ({ inputs: { x } }) => x),
  row('ZerosLike', ({ inputs: { x }, build }) => build.constant(0, x.shape, x.dtype)),
  row('OnesLike', ({ inputs: { x }, build }) => build.constant(1, x.shape, x.dtype)),
];

function elementType(dtype: string): DType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new UnsupportedAttributes(`cannot convert to ${dtype}`);
}

/** `above` where x is positive, else `below`. */
function slope(x: Value, options: { above: number; below: number; build: GraphBuilder }): Value {
  const { above, below, build } = options;
  const constant = (value: number): Value => build.constant(value, [], x.dtype);
  const positive = build.add('Compare', [x, constant(0)], { fn: 'greater' });
  const chosen = build.add('Select', [positive, constant(above), constant(below)], {});
  return chosen;
}

/** A condition of rank 1 chooses whole rows of the other operands. */
function alignLeft(condition: Value, like: Value, build: GraphBuilder): Value {
  const missing = like.shape.length - condition.shape.length;
  if (missing === 0 || condition.shape.length === 0) return condition;
  const shape = [...condition.shape, ...Array.from({ length: missing }, () => 1)];
  return build.add('Reshape', [condition], { shape });
}
