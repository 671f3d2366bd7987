/** What stands on the encoder in stage 1: a projection head (dropped afterwards) or a classifier. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ModelSetting } from '../../domain/model/encoder';
import type { HeadArchitecture } from '../../domain/model/head';
import { classifierArchitecture, headParameters, projectionArchitecture } from '../../domain/model/head';
import type { ModelContext } from './layers';
import { denseLayer, normaliseRows } from './layers';
import type { ParameterSpec } from './parameters';

export interface Head {
  readonly parameters: readonly ParameterSpec[];
  /** Features [N, F] to the head's output [N, outputs]. */
  apply(context: ModelContext, features: Tensor2D): Tensor2D;
}

/** Builds a head. */
export function createHead(architecture: HeadArchitecture): Head {
  const { layers, hasUnitLength } = architecture;
  return {
    parameters: headParameters(architecture),
    apply(context, features) {
      const output = layers.reduce((x, layer) => denseLayer(context, layer, x), features);
      return hasUnitLength ? normaliseRows(output) : output;
    },
  };
}

/** The projection head of a configuration, with L2-normalised output [N, projectionWidth]. */
export function projectionHead(model: ModelSetting, features: number): Head {
  return createHead(projectionArchitecture(model, features));
}

/** Linear classifier: features [N, F] to logits [N, classes]. */
export function classifierHead(features: number, classes: number): Head {
  return createHead(classifierArchitecture(features, classes));
}

/** The weights of a linear classifier, [F, C]. */
export function classifierKernel({ tensors }: ModelContext): Tensor2D {
  return tensors['classifier/kernel'] as Tensor2D;
}
