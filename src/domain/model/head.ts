/** What stands on the encoder in stage 1, as data: a projection head (dropped afterwards) or a classifier. */
import type { ModelSetting } from './encoder';
import type { DenseLayer } from './layers';
import { parametersOfDense } from './layers';
import type { ParameterSpec } from './parameters';

export interface HeadArchitecture {
  readonly layers: readonly DenseLayer[];
  /** Whether each output is divided by its Euclidean length. */
  readonly hasUnitLength: boolean;
}

/** Names of the hidden layers; the first two-layer heads had one of the first name. */
const HIDDEN = ['projection/hidden', 'projection/hidden2'] as const;

/**
 * The projection head of a configuration on features [N, features]: one linear layer, or one to three with ReLU
 * between them (arXiv 2004.11362, section 3.1; with batch normalisation as in SimCLR, arXiv 2002.05709).
 */
export function projectionArchitecture(model: ModelSetting, features: number): HeadArchitecture {
  const width = model.projectionHidden === 0 ? features : model.projectionHidden;
  const count = model.projection === 'linear' ? 0 : model.projectionLayers - 1;
  const hidden = HIDDEN.slice(0, count).map((name, index): DenseLayer => ({
    name,
    inputs: index === 0 ? features : width,
    outputs: width,
    hasBias: !model.projectionBatchNorm,
    hasBatchNorm: model.projectionBatchNorm,
    hasRelu: true,
  }));
  const output: DenseLayer = {
    ...linear('projection/output', count === 0 ? features : width, model.projectionWidth),
    hasBias: model.projectionBias,
  };
  return { layers: [...hidden, output], hasUnitLength: true };
}

/** One linear layer to embeddings of any length, as Sohn's N-pairs has it. */
export function plainProjectionArchitecture(model: ModelSetting, features: number): HeadArchitecture {
  return { layers: [linear('projection/output', features, model.projectionWidth)], hasUnitLength: false };
}

/** A linear classifier: features [N, features] to logits [N, classes]. */
export function classifierArchitecture(features: number, classes: number): HeadArchitecture {
  return { layers: [linear('classifier', features, classes)], hasUnitLength: false };
}

/** A linear classifier without a bias: the angle between features and weights is all that decides. */
export function marginClassifierArchitecture(features: number, classes: number): HeadArchitecture {
  const layer = { ...linear('classifier', features, classes), hasBias: false };
  return { layers: [layer], hasUnitLength: false };
}

/** Every tensor of a head, in a fixed order. */
export function headParameters({ layers }: HeadArchitecture): ParameterSpec[] {
  return layers.flatMap(parametersOfDense);
}

function linear(name: string, inputs: number, outputs: number): DenseLayer {
  return { name, inputs, outputs, hasBias: true, hasBatchNorm: false, hasRelu: false };
}
