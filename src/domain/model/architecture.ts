/** A model as data: an encoder, and what stage 1 trains on it. */
import type { Configuration } from '../configuration/schema';
import { lossKind } from '../losses/kinds';
import type { EncoderArchitecture } from './encoder';
import { encoderArchitecture } from './encoder';
import type { HeadArchitecture } from './head';
import {
  classifierArchitecture,
  marginClassifierArchitecture,
  plainProjectionArchitecture,
  projectionArchitecture,
} from './head';
import type { ImageShape } from './layers';

export interface ModelArchitecture {
  readonly encoder: EncoderArchitecture;
  readonly head: HeadArchitecture;
  /** A classifier beside the head, where a loss is joint. */
  readonly classifier?: HeadArchitecture;
}

/** The model that a configuration asks for, on images of a shape; `classes` counts for classifiers alone. */
export function modelArchitecture(
  configuration: Configuration,
  image: ImageShape,
  classes: number,
): ModelArchitecture {
  return modelOn(encoderArchitecture(configuration.model, image), configuration, classes);
}

/** An encoder with the head that the configured loss needs. */
export function modelOn(
  encoder: EncoderArchitecture,
  { model, loss }: Configuration,
  classes: number,
): ModelArchitecture {
  const features = encoder.featureWidth;
  switch (lossKind(loss.name).head) {
    case 'projection':
      return { encoder, head: projectionArchitecture(model, features) };
    case 'plain-projection':
      return { encoder, head: plainProjectionArchitecture(model, features) };
    case 'classifier':
      return { encoder, head: classifierArchitecture(features, classes) };
    case 'margin-classifier':
      return { encoder, head: marginClassifierArchitecture(features, classes) };
    case 'projection+classifier':
      return {
        encoder,
        head: projectionArchitecture(model, features),
        classifier: classifierArchitecture(features, classes),
      };
  }
}
