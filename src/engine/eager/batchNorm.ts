/** Batch normalisation on TensorFlow.js's cpu backend, composed of its ordinary operations. */
import {
  add,
  mean,
  moments,
  mul,
  registerKernel,
  rsqrt,
  sub,
  sum,
  tidy,
  type KernelFunc,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { BATCH_NORM_GRAD_KERNEL, BATCH_NORM_KERNEL, type BatchNormAttributes } from '../ops/batchNorm';

let registered = false;

/** Registers both kernels, once a process. */
export function registerEagerBatchNorm(): void {
  if (registered) return;
  registered = true;
  registerKernel({ kernelName: BATCH_NORM_KERNEL, backendName: 'cpu', kernelFunc: kernel(forward) });
  registerKernel({ kernelName: BATCH_NORM_GRAD_KERNEL, backendName: 'cpu', kernelFunc: kernel(gradient) });
}

type Inputs = Readonly<Record<string, Tensor>>;
type Composed = (inputs: Inputs, attrs: BatchNormAttributes) => Tensor[];

/** TensorFlow.js hands a kernel the caller's own tensors, typed as less than they are. */
function kernel(composed: Composed): KernelFunc {
  return ({ inputs, attrs }) =>
    tidy(() => composed(inputs as unknown as Inputs, attrs as unknown as BatchNormAttributes));
}

function forward({ x, gamma, beta }: Inputs, { epsilon }: BatchNormAttributes): Tensor[] {
  const { mean: centre, variance } = moments(x, allButLast(x));
  const scale = mul(gamma, rsqrt(add(variance, epsilon)));
  return [add(mul(sub(x, centre), scale), beta), centre, variance];
}

/** With m elements a channel and n = (x - mean) / deviation: dx = gamma/deviation * (dy - mean(dy) - n * mean(dy * n)). */
function gradient(
  { dy, x, gamma, mean: centre, variance }: Inputs,
  { epsilon }: BatchNormAttributes,
): Tensor[] {
  const axes = allButLast(x);
  const inverse: Tensor1D = rsqrt(add(variance, epsilon));
  const normalised = mul(sub(x, centre), inverse);
  const product = mul(dy, normalised);
  const remaining = sub(sub(dy, mean(dy, axes)), mul(normalised, mean(product, axes)));
  return [mul(mul(gamma, inverse), remaining), sum(product, axes), sum(dy, axes)];
}

function allButLast(x: Tensor): number[] {
  return Array.from({ length: x.rank - 1 }, (_, axis) => axis);
}
