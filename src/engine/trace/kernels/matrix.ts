/** Matrix products and batch normalisation. */
import type { BatchMatMulAttrs, FusedBatchNormAttrs } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../../graph/builder';
import type { Value } from '../../graph/graph';
import type { BinaryFunction } from '../../graph/ops';
import { BATCH_NORM_GRAD_KERNEL, BATCH_NORM_KERNEL, type BatchNormAttributes } from '../../ops/batchNorm';
import { row, type KernelRow } from './row';

export const matrixKernels: readonly KernelRow[] = [
  row<BatchMatMulAttrs>('BatchMatMul', ({ inputs: { a, b }, attrs, build }) =>
    build.add('MatMul', [a, b], { transposeA: attrs.transposeA, transposeB: attrs.transposeB }),
  ),
  row<BatchNormAttributes>(BATCH_NORM_KERNEL, ({ inputs: { x, gamma, beta }, attrs: { epsilon }, build }) =>
    build.addAll('BatchNormTraining', [x, gamma, beta], { epsilon }),
  ),
  row<BatchNormAttributes>(BATCH_NORM_GRAD_KERNEL, ({ inputs, attrs: { epsilon }, build }) => {
    const { dy, x, gamma, mean, variance } = inputs;
    return build.addAll('BatchNormTrainingGrad', [dy, x, gamma, mean, variance], { epsilon });
  }),
  row<FusedBatchNormAttrs>('FusedBatchNorm', ({ inputs, attrs, build }) =>
    inferenceBatchNorm(inputs, attrs.varianceEpsilon, build),
  ),
];

/** Normalisation by given statistics, as one multiplication and one addition per element. */
function inferenceBatchNorm(
  inputs: Readonly<Record<string, Value>>,
  epsilon: number,
  build: GraphBuilder,
): Value {
  const { x, mean, variance } = inputs;
  // TensorFlow.js leaves scale and offset out of the inputs, or passes null, where the caller gave none.
  const { scale, offset } = inputs as Readonly<Record<string, Value | undefined>>;
  const binary = (fn: BinaryFunction, a: Value, b: Value): Value => build.add('Binary', [a, b], { fn });
  const shifted = binary('add', variance, build.constant(epsilon, [], 'float32'));
  const inverse = build.add('Unary', [shifted], { fn: 'rsqrt' });
  const factor = scale === undefined ? inverse : binary('mul', inverse, scale);
  const minus = binary('mul', mean, factor);
  const shift =
    offset === undefined ? build.add('Unary', [minus], { fn: 'neg' }) : binary('sub', offset, minus);
  return binary('add', binary('mul', x, factor), shift);
}
