/**
 * Batch normalisation by the statistics of the batch, as one operation instead of a dozen: a kernel and its
 * gradient that the tracer records as one node each, so that a writer can lower them as suits its engine.
 * The formulas are those of arXiv 1502.03167, with the centred variance (E[x^2] - E[x]^2 loses digits).
 */
import {
  engine,
  registerGradient,
  type NamedAttrMap,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** Name of the forward kernel: (x, gamma, beta) to (y, mean, variance). */
export const BATCH_NORM_KERNEL = 'BatchNormTraining';
/** Name of the gradient kernel: (dy, x, gamma, mean, variance) to (dx, dgamma, dbeta). */
export const BATCH_NORM_GRAD_KERNEL = 'BatchNormTrainingGrad';

/** Attributes of both kernels. */
export interface BatchNormAttributes {
  /** Added to the variance before its square root. */
  readonly epsilon: number;
}

/** The normalised batch, and the statistics it was normalised by, each [C]. */
export interface BatchNormResult<T extends Tensor> {
  readonly y: T;
  readonly mean: Tensor1D;
  /** Biased (divided by the number of elements). */
  readonly variance: Tensor1D;
}

/**
 * Normalises each channel of x ([N, H, W, C] or [N, C]) by the batch's own mean and variance, then scales by
 * gamma [C] and shifts by beta [C]. Gradients flow through y only: mean and variance are for running statistics.
 */
export function batchNormTraining<T extends Tensor>(
  x: T,
  gamma: Tensor,
  beta: Tensor,
  { epsilon }: BatchNormAttributes,
): BatchNormResult<T> {
  const inputs = { x, gamma, beta };
  // One tensor an output, in the kernel's order; TensorFlow.js types them loosely.
  const [y, mean, variance] = engine().runKernel(BATCH_NORM_KERNEL, inputs, { epsilon }) as unknown as [
    T,
    Tensor1D,
    Tensor1D,
  ];
  return { y, mean, variance };
}

registerGradient({
  kernelName: BATCH_NORM_KERNEL,
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved, attrs: NamedAttrMap) => {
    const [x, gamma, mean, variance] = saved;
    const dy = Array.isArray(dys) ? dys[0] : dys;
    const inputs = { dy, x, gamma, mean, variance };
    // As above: three tensors, in the kernel's order.
    const [dx, dgamma, dbeta] = engine().runKernel(
      BATCH_NORM_GRAD_KERNEL,
      inputs,
      attrs,
    ) as unknown as Tensor[];
    return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
  },
});
