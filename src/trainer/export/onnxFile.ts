/**
 * A trained encoder as an ONNX file that onnxruntime runs without us. Input `images` [batch, H, W, C], float32: red,
 * green and blue from 0 to 1, less the mean and divided by the deviation that the file's metadata gives by channel.
 * Output `features` [batch, F], and that of the head if it is wanted.
 */
import { isClassification } from '../../domain/losses/kinds';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import { foldBatchNorm } from '../../engine/graph/passes/foldBatchNorm';
import { optimise } from '../../engine/graph/passes/optimise';
import { ANY_BATCH, writeStandaloneModel } from '../../engine/onnx/standalone';
import { traceProgram } from '../../engine/trace/trace';
import type { TrainedModel } from './trainedModel';

/** What the file holds. */
export type ExportedParts = 'encoder' | 'encoder and head';

/** The bytes of the file; batch normalisation is part of the convolutions. */
export function encodeOnnxFile(trained: TrainedModel, parts: ExportedParts): Uint8Array {
  const graph = optimise(foldBatchNorm(optimise(traceProgram(inference(trained, parts), {}))));
  return writeStandaloneModel(graph, metadataOf(trained));
}

/** Inference as a program without state: its weights are constants. */
function inference({ configuration, model, input, state }: TrainedModel, parts: ExportedParts): Program {
  const { height, width, channels } = input;
  const headName = isClassification(configuration.loss.name) ? 'logits' : 'projection';
  return {
    inputs: { images: { shape: [ANY_BATCH, height, width, channels], dtype: 'float32' } },
    build({ images }) {
      const weights = model.parameters.map(({ name, shape }) => [name, tf.tensor(state[name], [...shape])]);
      const tensors = Object.fromEntries(weights) as Record<string, tf.Tensor>;
      const context = { mode: 'infer', tensors, statistics: {} } as const;
      const features = model.encoder.apply(context, images as Tensor4D);
      const head = parts === 'encoder' ? {} : { [headName]: model.head.apply(context, features) };
      return { outputs: { features, ...head } };
    },
  };
}

function metadataOf({ configuration, input, step }: TrainedModel): Record<string, string> {
  const { height, width, channels, statistics } = input;
  const { encoder, width: encoderWidth } = configuration.model;
  return {
    run: configuration.name,
    encoder: encoder === 'mlp' ? encoder : `${encoder}, width ${encoderWidth}`,
    step: String(step),
    input: `float32 [batch, ${height}, ${width}, ${channels}]: (pixel / 255 - mean) / deviation by channel`,
    mean: JSON.stringify(statistics.mean),
    deviation: JSON.stringify(statistics.deviation),
  };
}
