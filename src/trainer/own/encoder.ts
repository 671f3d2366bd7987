/**
 * An encoder of the user's own: `"model": {"encoder": "./my-encoder.mjs"}`. The module's default export is called
 * once with the pieces that our own encoders are made of, and gives parameters and a forward pass; the rest of
 * the run treats it as any other encoder. examples/own-encoder.mjs is one.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { HumanError } from '../../domain/errors';
import type { OwnEncoder } from '../../domain/model/encoder';
import type { ImageShape } from '../../domain/model/layers';
import type { ParameterSpec } from '../../domain/model/parameters';
import { batchNormParameters, denseParameters, kernelParameter } from '../../domain/model/parameters';
import type { Configuration } from '../../domain/configuration/schema';
import type { Encoder } from '../model/encoder';
import type { ModelContext } from '../model/layers';
import { callOwn } from './call';
import { OWN_LAYERS } from './layers';
import type { OwnModule } from './load';

/** What the module's function is given. */
export interface EncoderGiven {
  /** TensorFlow.js; operations outside the tracer's kernel table are refused with their line. */
  readonly tf: typeof tf;
  /** Height, width and channels of the images. */
  readonly image: ImageShape;
  /** The section `model` of the configuration. */
  readonly settings: Configuration['model'];
  /** Specifications of parameters, He-normal or constant at the start. */
  readonly parameters: typeof PARAMETERS;
  /** Layers as functions of (context, name, x): they find their parameters by name. */
  readonly layers: typeof OWN_LAYERS;
}

/** What it returns. */
export interface EncoderTaken {
  readonly parameters: readonly ParameterSpec[];
  /** F. */
  readonly featureWidth: number;
  /** Images [N, H, W, C] to features [N, F]. */
  apply(context: ModelContext, images: Tensor4D): Tensor2D;
}

const PARAMETERS = { kernel: kernelParameter, dense: denseParameters, batchNorm: batchNormParameters };

/** The encoder of a module. Throws HumanError if what it returns is no encoder. */
export function ownEncoder(
  module: OwnModule,
  image: ImageShape,
  settings: Configuration['model'],
): { architecture: OwnEncoder; encoder: Encoder } {
  const given: EncoderGiven = { tf, image, settings, parameters: PARAMETERS, layers: OWN_LAYERS };
  const taken = requireEncoder(
    callOwn(module, () => module.create(given)),
    module.source,
  );
  const { parameters, featureWidth } = taken;
  return {
    architecture: { kind: 'own', parameters, featureWidth },
    encoder: {
      parameters,
      featureWidth,
      apply: (context, images) =>
        requireFeatures(
          callOwn(module, () => taken.apply(context, images)),
          taken,
          module,
        ),
    },
  };
}

function requireEncoder(value: unknown, source: string): EncoderTaken {
  const { parameters, featureWidth, apply } = (value ?? {}) as Partial<EncoderTaken>;
  const isEncoder =
    Array.isArray(parameters) &&
    parameters.length > 0 &&
    Number.isInteger(featureWidth) &&
    typeof apply === 'function';
  if (!isEncoder)
    throw new HumanError(
      `${source} must return {parameters, featureWidth, apply}: a list, a whole number and a function.`,
    );
  return value as EncoderTaken;
}

function requireFeatures(value: Tensor2D, { featureWidth }: EncoderTaken, { source }: OwnModule): Tensor2D {
  const shape = (value as Partial<Tensor2D> | undefined)?.shape;
  if (shape?.length === 2 && shape[1] === featureWidth) return value;
  throw new HumanError(
    `${source}: "apply" must return features [N, ${featureWidth}]; it returned ${shape === undefined ? 'no tensor' : `[${shape.join(', ')}]`}.`,
  );
}
