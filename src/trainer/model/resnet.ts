/**
 * Residual encoders for small images, as data: a 3x3 stem and a list of basic blocks (He et al., CVPR 2016).
 * `small-resnet` has three blocks; `resnet18` has eight and the CIFAR stem (3x3, stride 1, no max pooling).
 */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { ModelContext } from './layers';
import { batchNormalisation, convolution } from './layers';
import type { ParameterSpec } from './parameters';
import { batchNormParameters, kernelParameter } from './parameters';

interface Block {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: 1 | 2;
}

/** An encoder: its parameters, and its forward pass from images to features. */
export interface Encoder {
  readonly parameters: readonly ParameterSpec[];
  /** Dimensions of the features, which are global averages after the last block. */
  readonly featureWidth: number;
  /** Images [N, H, W, C] to features [N, featureWidth]. */
  apply(context: ModelContext, images: Tensor4D): Tensor2D;
}

/** Blocks per stage; each stage after the first halves the image and doubles the channels. */
const BLOCKS_PER_STAGE = { 'small-resnet': [1, 1, 1], resnet18: [2, 2, 2, 2] } as const;

export type EncoderName = keyof typeof BLOCKS_PER_STAGE;

/** Builds the encoder of a name for images of `channels` channels and a first stage of `width`. */
export function createEncoder(name: EncoderName, width: number, channels: number): Encoder {
  const blocks = blocksOf(BLOCKS_PER_STAGE[name], width);
  return {
    parameters: [
      kernelParameter('encoder/stem/kernel', [3, 3, channels, width]),
      ...batchNormParameters('encoder/stem', width),
      ...blocks.flatMap(blockParameters),
    ],
    featureWidth: blocks[blocks.length - 1].outputs,
    apply(context, images) {
      const stem = convolution(context, 'encoder/stem', images, 1);
      const first = tf.relu(batchNormalisation(context, 'encoder/stem', stem));
      const last = blocks.reduce((x, block) => applyBlock(context, block, x), first);
      return tf.mean(last, [1, 2]);
    },
  };
}

function blocksOf(perStage: readonly number[], width: number): Block[] {
  let inputs = width;
  return perStage.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index) => {
      const outputs = width * 2 ** stage;
      const stride = stage > 0 && index === 0 ? 2 : 1;
      const block: Block = { name: `encoder/stage${stage + 1}/block${index + 1}`, inputs, outputs, stride };
      inputs = outputs;
      return block;
    }),
  );
}

function blockParameters({ name, inputs, outputs, stride }: Block): ParameterSpec[] {
  const shortcut = needsShortcut({ name, inputs, outputs, stride })
    ? [
        kernelParameter(`${name}/shortcut/kernel`, [1, 1, inputs, outputs]),
        ...batchNormParameters(`${name}/shortcut`, outputs),
      ]
    : [];
  return [
    kernelParameter(`${name}/first/kernel`, [3, 3, inputs, outputs]),
    ...batchNormParameters(`${name}/first`, outputs),
    kernelParameter(`${name}/second/kernel`, [3, 3, outputs, outputs]),
    ...batchNormParameters(`${name}/second`, outputs),
    ...shortcut,
  ];
}

function applyBlock(context: ModelContext, block: Block, x: Tensor4D): Tensor4D {
  const { name, stride } = block;
  const first = tf.relu(
    batchNormalisation(context, `${name}/first`, convolution(context, `${name}/first`, x, stride)),
  );
  const second = batchNormalisation(
    context,
    `${name}/second`,
    convolution(context, `${name}/second`, first, 1),
  );
  const shortcut = needsShortcut(block)
    ? batchNormalisation(context, `${name}/shortcut`, convolution(context, `${name}/shortcut`, x, stride))
    : x;
  return tf.relu(tf.add(second, shortcut));
}

function needsShortcut({ inputs, outputs, stride }: Block): boolean {
  return stride === 2 || inputs !== outputs;
}
