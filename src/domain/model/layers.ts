/**
 * The two layers that models are made of, as data. The trainer computes them, the cost model counts them, and the
 * readers and writers of weights name their tensors.
 */
import type { ParameterSpec } from './parameters';
import { batchNormParameters, denseParameters, kernelParameter } from './parameters';

/** Height, width and channels of the images that a model takes; a feature vector is an image of one pixel. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A square convolution without bias, and the batch normalisation behind it. */
export interface ConvolutionLayer {
  readonly name: string;
  /** Side of the kernel, odd. */
  readonly size: number;
  readonly stride: 1 | 2;
  readonly inputs: number;
  readonly outputs: number;
}

/** A fully connected layer, and what may stand behind it. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly hasBias: boolean;
  /** Whether batch normalisation follows. */
  readonly hasBatchNorm: boolean;
  /** Whether ReLU ends it. */
  readonly hasRelu: boolean;
}

/** Tensors of a convolution: `NAME/kernel` [h, w, in, out], then those of its batch normalisation. */
export function parametersOfConvolution({ name, size, inputs, outputs }: ConvolutionLayer): ParameterSpec[] {
  return [
    kernelParameter(`${name}/kernel`, [size, size, inputs, outputs]),
    ...batchNormParameters(name, outputs),
  ];
}

/** Tensors of a fully connected layer: `NAME/kernel` [in, out], `NAME/bias` and those of its batch normalisation. */
export function parametersOfDense({ name, inputs, outputs, ...has }: DenseLayer): ParameterSpec[] {
  const [kernel, bias] = denseParameters(name, inputs, outputs);
  return [
    kernel,
    ...(has.hasBias ? [bias] : []),
    ...(has.hasBatchNorm ? batchNormParameters(name, outputs) : []),
  ];
}
