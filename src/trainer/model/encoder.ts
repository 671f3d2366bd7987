/** Encoders as TensorFlow.js functions, made from their architecture. */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { EncoderArchitecture, OwnEncoder, PerceptronEncoder } from '../../domain/model/encoder';
import { encoderParameters } from '../../domain/model/encoder';
import type { ModelContext } from './layers';
import { denseLayer } from './layers';
import type { ParameterSpec } from './parameters';
import { applyResidual } from './resnet';

/** An encoder: its parameters, and its forward pass from images to features. */
export interface Encoder {
  readonly parameters: readonly ParameterSpec[];
  /** Dimensions of the features. */
  readonly featureWidth: number;
  /** Images [N, H, W, C] to features [N, featureWidth]. */
  apply(context: ModelContext, images: Tensor4D): Tensor2D;
}

/** Builds an encoder. */
export function createEncoder(architecture: Exclude<EncoderArchitecture, OwnEncoder>): Encoder {
  return {
    parameters: encoderParameters(architecture),
    featureWidth: architecture.featureWidth,
    apply: (context, images) =>
      architecture.kind === 'perceptron'
        ? applyPerceptron(context, architecture, images)
        : applyResidual(context, architecture, images),
  };
}

function applyPerceptron(context: ModelContext, { layers }: PerceptronEncoder, images: Tensor4D): Tensor2D {
  const rows = tf.reshape(images, [images.shape[0], layers[0].inputs]);
  return layers.reduce((x, layer) => denseLayer(context, layer, x), rows as Tensor2D);
}
