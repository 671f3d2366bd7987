/** A model as data: an encoder, and the head that stage 1 trains on it. */
import type { Configuration } from '../configuration/schema';
import type { EncoderArchitecture } from './encoder';
import { encoderArchitecture } from './encoder';
import type { HeadArchitecture } from './head';
import { classifierArchitecture, projectionArchitecture } from './head';
import type { ImageShape } from './layers';

export interface ModelArchitecture {
  readonly encoder: EncoderArchitecture;
  readonly head: HeadArchitecture;
}

/** The model that a configuration asks for, on images of a shape; `classes` counts for a classifier alone. */
export function modelArchitecture(
  { model, loss }: Configuration,
  image: ImageShape,
  classes: number,
): ModelArchitecture {
  const encoder = encoderArchitecture(model, image);
  const head =
    loss.name === 'supcon'
      ? projectionArchitecture(model, encoder.featureWidth)
      : classifierArchitecture(encoder.featureWidth, classes);
  return { encoder, head };
}
