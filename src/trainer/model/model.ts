/** A model is an encoder and the head that stage 1 trains on it. */
import type { Configuration } from '../../domain/configuration/schema';
import { modelArchitecture } from '../../domain/model/architecture';
import type { ModelArchitecture } from '../../domain/model/architecture';
import type { ImageShape } from '../../domain/model/layers';
import type { Encoder } from './encoder';
import { createEncoder } from './encoder';
import type { Head } from './heads';
import { createHead } from './heads';
import { jointHead } from './jointHead';
import { normaliseRows } from './layers';
import type { ParameterSpec } from './parameters';

export interface Model {
  readonly architecture: ModelArchitecture;
  readonly encoder: Encoder;
  readonly head: Head;
  /** Parameters of both, in a fixed order. */
  readonly parameters: readonly ParameterSpec[];
}

/** The model that a configuration asks for, on images of a shape. */
export function createModel(configuration: Configuration, image: ImageShape, classes: number): Model {
  const architecture = modelArchitecture(configuration, image, classes);
  const plain = createEncoder(architecture.encoder);
  const encoder = configuration.model.normaliseFeatures ? ofUnitLength(plain) : plain;
  const head = headOf(architecture);
  return { architecture, encoder, head, parameters: [...encoder.parameters, ...head.parameters] };
}

function headOf({ head, classifier }: ModelArchitecture): Head {
  return classifier === undefined ? createHead(head) : jointHead(createHead(head), createHead(classifier));
}

/** An encoder whose features are divided by their length, for all that stands on it (arXiv 2004.11362, section 3.1). */
function ofUnitLength(encoder: Encoder): Encoder {
  return { ...encoder, apply: (context, images) => normaliseRows(encoder.apply(context, images)) };
}
