/**
 * Layers as functions of (context, name, tensor). The context holds every named tensor of the model; in
 * training mode batch normalisation uses the batch's own statistics and leaves the new running ones in it.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ResidualEncoder } from '../../domain/model/encoder';
import type { ConvolutionLayer, DenseLayer } from '../../domain/model/layers';
import type { Tensors } from '../../engine/engine';
import { batchNormTraining } from '../../engine/ops/batchNorm';

/** Added to the variance before the square root; the value of every ResNet reference. */
const EPSILON = 1e-5;
/** Weight of the old running statistics (the paper's code: batch-norm momentum 0.9). */
const STATISTICS_MOMENTUM = 0.9;

type Padding = ResidualEncoder['padding'];

export interface ModelContext {
  readonly mode: 'train' | 'infer';
  /** Parameters and running statistics by name. */
  readonly tensors: Tensors;
  /** New running statistics, filled in training mode. */
  readonly statistics: Record<string, Tensor>;
}

/** A convolution's layer, and where the zeros around the image are. */
export interface PaddedConvolution extends ConvolutionLayer {
  readonly padding: Padding;
}

/** Square convolution, NHWC, no bias; at stride 1 either padding keeps the size of the image. */
export function convolution(context: ModelContext, layer: PaddedConvolution, x: Tensor4D): Tensor4D {
  const { name, size, stride, padding } = layer;
  return tf.conv2d(x, tensor(context, `${name}/kernel`) as Tensor4D, stride, padsOf(padding, size));
}

/** 3x3 max pooling of stride 2, NHWC. */
export function maxPooling(x: Tensor4D, padding: Padding): Tensor4D {
  const SIZE = 3;
  return tf.maxPool(x, SIZE, 2, padsOf(padding, SIZE));
}

/** Batch normalisation over all axes but the last. */
export function batchNormalisation<T extends Tensor2D | Tensor4D>(
  context: ModelContext,
  name: string,
  x: T,
): T {
  const gamma = tensor(context, `${name}/gamma`);
  const beta = tensor(context, `${name}/beta`);
  const mean = tensor(context, `${name}/mean`);
  const variance = tensor(context, `${name}/variance`);
  if (context.mode === 'infer') {
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
    return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale)));
  }
  const batch = batchNormTraining(x, gamma, beta, { epsilon: EPSILON });
  context.statistics[`${name}/mean`] = blend(mean, batch.mean);
  context.statistics[`${name}/variance`] = blend(variance, batch.variance);
  return batch.y;
}

/** Fully connected layer and what stands behind it: [N, in] to [N, out]. */
export function denseLayer(context: ModelContext, layer: DenseLayer, x: Tensor2D): Tensor2D {
  const { name, hasBias, hasBatchNorm, hasRelu } = layer;
  const product: Tensor2D = tf.matMul(x, tensor(context, `${name}/kernel`));
  const shifted: Tensor2D = hasBias ? tf.add(product, tensor(context, `${name}/bias`)) : product;
  const normalised = hasBatchNorm ? batchNormalisation(context, name, shifted) : shifted;
  return hasRelu ? tf.relu(normalised) : normalised;
}

/** Rows divided by their Euclidean length: [N, d] to [N, d]. */
export function normaliseRows(x: Tensor2D): Tensor2D {
  const SMALLEST_SQUARE = 1e-12;
  return tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x), 1, true), SMALLEST_SQUARE)));
}

/** In the words of TensorFlow.js: a rule, or zeros on every side. */
function padsOf(padding: Padding, size: number): 'same' | number {
  return padding === 'same' ? 'same' : (size - 1) / 2;
}

function tensor({ tensors }: ModelContext, name: string): Tensor {
  const found = tensors[name] as Tensor | undefined;
  if (found === undefined) throw new Error(`The model has no tensor named ${name}.`);
  return found;
}

function blend(old: Tensor, fresh: Tensor): Tensor {
  return tf.add(tf.mul(old, STATISTICS_MOMENTUM), tf.mul(fresh, 1 - STATISTICS_MOMENTUM));
}
