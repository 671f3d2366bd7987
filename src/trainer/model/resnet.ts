/**
 * The forward pass of residual encoders (He et al., CVPR 2016). Which layers there are is data: the architecture
 * in src/domain/model.
 */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { ResidualBlock, ResidualEncoder } from '../../domain/model/encoder';
import type { ConvolutionLayer } from '../../domain/model/layers';
import type { ModelContext } from './layers';
import { batchNormalisation, convolution, maxPooling } from './layers';

type Padding = ResidualEncoder['padding'];

/** Images [N, H, W, C] to features [N, featureWidth]. */
export function applyResidual(context: ModelContext, encoder: ResidualEncoder, images: Tensor4D): Tensor2D {
  const { stem, hasPooling, blocks, padding } = encoder;
  const first = tf.relu(normalised(context, { layer: stem, padding }, images));
  const pooled = hasPooling ? maxPooling(first, padding) : first;
  const last = blocks.reduce((x, block) => applyBlock(context, { block, padding }, x), pooled);
  return tf.mean(last, [1, 2]);
}

function applyBlock(
  context: ModelContext,
  { block, padding }: { readonly block: ResidualBlock; readonly padding: Padding },
  x: Tensor4D,
): Tensor4D {
  const { path, shortcut } = block;
  const inner = path.reduce((input, layer, index) => {
    const output = normalised(context, { layer, padding }, input);
    return index === path.length - 1 ? output : tf.relu(output);
  }, x);
  const straight = shortcut === undefined ? x : normalised(context, { layer: shortcut, padding }, x);
  return tf.relu(tf.add(inner, straight));
}

/** A convolution and its batch normalisation. */
function normalised(
  context: ModelContext,
  { layer, padding }: { readonly layer: ConvolutionLayer; readonly padding: Padding },
  x: Tensor4D,
): Tensor4D {
  return batchNormalisation(context, layer.name, convolution(context, { ...layer, padding }, x));
}
