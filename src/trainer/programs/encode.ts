/** Evaluation: images to encoder features and to the output of the head, in inference mode. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import type { Model } from '../model/model';

/** Input: `images` [count, H, W, C]. Outputs: `features` [count, F] and `head` [count, outputs]. */
export function encodeProgram(
  model: Model,
  count: number,
  shape: readonly [number, number, number],
): Program {
  return {
    inputs: { images: { shape: [count, ...shape], dtype: 'float32' } },
    build(inputs, state) {
      const context = { mode: 'infer', tensors: state, statistics: {} } as const;
      const features = model.encoder.apply(context, inputs['images'] as Tensor4D);
      return { outputs: { features, head: model.head.apply(context, features) } };
    },
  };
}
