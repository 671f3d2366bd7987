/** Kernels that reduce along axes. */
import {
  util,
  type ArgMaxAttrs,
  type MaxAttrs,
  type SoftmaxAttrs,
  type SumAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../../graph/builder';
import type { Value } from '../../graph/graph';
import type { DType, ReduceFunction } from '../../graph/ops';
import { row, UnsupportedAttributes, type KernelRow } from './row';

/** Kernels whose axes are called `axis`, with the element type that the result must at least have. */
const BY_AXIS: readonly { kernel: string; fn: ReduceFunction; from: DType; to: DType }[] = [
  { kernel: 'Sum', fn: 'sum', from: 'bool', to: 'int32' },
  { kernel: 'Mean', fn: 'mean', from: 'int32', to: 'float32' },
  { kernel: 'Min', fn: 'min', from: 'bool', to: 'int32' },
  { kernel: 'Prod', fn: 'prod', from: 'bool', to: 'int32' },
  { kernel: 'All', fn: 'all', from: 'bool', to: 'bool' },
  { kernel: 'Any', fn: 'any', from: 'bool', to: 'bool' },
];

export const reductionKernels: readonly KernelRow[] = [
  ...BY_AXIS.map(({ kernel, fn, from, to }) =>
    row<SumAttrs>(kernel, ({ inputs: { x }, attrs, build }) => {
      const operand = x.dtype === from && from !== to ? build.add('Cast', [x], { dtype: to }) : x;
      return reduce(fn, operand, { axis: attrs.axis, keepDims: attrs.keepDims, build });
    }),
  ),
  row<MaxAttrs>('Max', ({ inputs: { x }, attrs, build }) =>
    reduce('max', x, { axis: attrs.reductionIndices, keepDims: attrs.keepDims, build }),
  ),
  row<ArgMaxAttrs>('ArgMax', ({ inputs: { x }, attrs, build }) =>
    build.add('ArgReduce', [x], { fn: 'max', axis: axesOf(x, attrs.axis)[0] }),
  ),
  row<ArgMaxAttrs>('ArgMin', ({ inputs: { x }, attrs, build }) =>
    build.add('ArgReduce', [x], { fn: 'min', axis: axesOf(x, attrs.axis)[0] }),
  ),
  row<SoftmaxAttrs>('Softmax', ({ inputs: { logits }, attrs, build }) => softmax(logits, attrs.dim, build)),
];

interface Reduction {
  readonly axis: number | number[] | undefined;
  readonly keepDims: boolean | undefined;
  readonly build: GraphBuilder;
}

function reduce(fn: ReduceFunction, x: Value, { axis, keepDims = false, build }: Reduction): Value {
  const axes = axesOf(x, axis);
  return axes.length === 0 ? x : build.add('Reduce', [x], { fn, axes, keepDims });
}

/** No axis means all of them. */
function axesOf(x: Value, axis: number | number[] | null | undefined): number[] {
  const all = x.shape.map((_, index) => index);
  return axis === undefined || axis === null ? all : util.parseAxisParam(axis, [...x.shape]);
}

function softmax(logits: Value, dim: number, build: GraphBuilder): Value {
  if (dim !== logits.shape.length - 1 && dim !== -1)
    throw new UnsupportedAttributes('is traced over the last axis only');
  return build.add('Softmax', [logits], {});
}
