/** A model is an encoder and the head that stage 1 trains on it. */
import type { Configuration } from '../../domain/configuration/schema';
import type { Head } from './heads';
import { createHead } from './lossHead';
import type { ParameterSpec } from './parameters';
import type { Encoder } from './resnet';
import { createEncoder } from './resnet';

export interface Model {
  readonly encoder: Encoder;
  readonly head: Head;
  /** Parameters of both, in a fixed order. */
  readonly parameters: readonly ParameterSpec[];
}

/** The model that a configuration asks for. */
export function createModel(configuration: Configuration, channels: number, classes: number): Model {
  const { model } = configuration;
  const encoder = createEncoder(model.encoder, model.width, channels);
  const head = createHead(configuration, encoder.featureWidth, classes);
  return { encoder, head, parameters: [...encoder.parameters, ...head.parameters] };
}
