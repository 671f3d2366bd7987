/** The layers that a module of the user's own is handed: by name, without the options that only our encoders need. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { batchNormalisation } from '../model/layers';
import type { ModelContext } from '../model/layers';

/** Layers as functions of (context, name, x): a layer finds its parameters by its name. */
export const OWN_LAYERS = { convolution, batchNormalisation, dense };

/** Convolution with `name/kernel` [h, w, in, out], NHWC, padding "same", no bias. */
function convolution(context: ModelContext, name: string, x: Tensor4D, stride: 1 | 2 = 1): Tensor4D {
  return tf.conv2d(x, context.tensors[`${name}/kernel`] as Tensor4D, stride, 'same');
}

/** Fully connected layer with `name/kernel` [in, out] and `name/bias` [out]: [N, in] to [N, out]. */
function dense(context: ModelContext, name: string, x: Tensor2D): Tensor2D {
  const kernel = context.tensors[`${name}/kernel`] as Tensor2D;
  return tf.add(tf.matMul(x, kernel), context.tensors[`${name}/bias`]);
}
