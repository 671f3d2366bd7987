/** A model is an encoder and the head that stage 1 trains on it. */
import type { Configuration } from '../../domain/configuration/schema';
import { isModulePath } from '../../domain/configuration/modulePath';
import { modelOn } from '../../domain/model/architecture';
import { encoderArchitecture } from '../../domain/model/encoder';
import type { ModelArchitecture } from '../../domain/model/architecture';
import type { ImageShape } from '../../domain/model/layers';
import type { Encoder } from './encoder';
import { createEncoder } from './encoder';
import type { Head } from './heads';
import { createHead } from './heads';
import { jointHead } from './jointHead';
import { normaliseRows } from './layers';
import { ownEncoder } from '../own/encoder';
import type { OwnModules } from '../own/load';
import { requireModule } from '../own/load';
import type { OwnLoss } from '../own/loss';
import { ownLoss } from '../own/loss';
import type { ParameterSpec } from './parameters';

export interface Model {
  readonly architecture: ModelArchitecture;
  readonly encoder: Encoder;
  readonly head: Head;
  /** Parameters of both, in a fixed order. */
  readonly parameters: readonly ParameterSpec[];
  /** The loss of the user's own that it is trained with, where there is one. */
  readonly ownLoss?: OwnLoss;
  /** What tells the user's own parts from those of other content. */
  readonly ownHashes: readonly string[];
}

/**
 * The model that a configuration asks for, on images of a shape.
 * @param own the user's own modules that the configuration names
 */
export function createModel(
  configuration: Configuration,
  image: ImageShape,
  classes: number,
  own: OwnModules = {},
): Model {
  const { architecture: base, encoder: plain } = encoderOf(configuration, image, own);
  const architecture = modelOn(base, configuration, classes);
  const encoder = configuration.model.normaliseFeatures ? ofUnitLength(plain) : plain;
  const head = headOf(architecture);
  return {
    architecture,
    encoder,
    head,
    parameters: [...encoder.parameters, ...head.parameters],
    ...ownLossOf(configuration, own),
    ownHashes: Object.values(own).map(({ hash }) => hash),
  };
}

function encoderOf({ model }: Configuration, image: ImageShape, own: OwnModules) {
  if (isModulePath(model.encoder))
    return ownEncoder(requireModule(own, 'model.encoder', model.encoder), image, model);
  const architecture = encoderArchitecture(model, image);
  if (architecture.kind === 'own') throw new Error('An encoder of ours has no module');
  return { architecture, encoder: createEncoder(architecture) };
}

function ownLossOf({ loss, augmentation }: Configuration, own: OwnModules): Pick<Model, 'ownLoss'> {
  if (!isModulePath(loss.name)) return {};
  return { ownLoss: ownLoss(requireModule(own, 'loss.name', loss.name), loss, augmentation.views) };
}

function headOf({ head, classifier }: ModelArchitecture): Head {
  return classifier === undefined ? createHead(head) : jointHead(createHead(head), createHead(classifier));
}

/** An encoder whose features are divided by their length, for all that stands on it (arXiv 2004.11362, section 3.1). */
function ofUnitLength(encoder: Encoder): Encoder {
  return { ...encoder, apply: (context, images) => normaliseRows(encoder.apply(context, images)) };
}
