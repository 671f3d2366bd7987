/**
 * The encoder of a run as its newest checkpoint holds it, for views: how alike two views are to it. It is run by the
 * built-in engine, a fixed number of views at a time, in inference mode.
 */
import { normaliseRows } from '../../domain/metrics/neighbours';
import { HumanError } from '../../domain/errors';
import { createEngine } from '../../engine/choose';
import type { ImageSize } from '../data/image';
import { tensorSpecs } from '../model/parameters';
import { encodeProgram } from '../programs/encode';
import { loadTrainedModel } from '../export/trainedModel';

export interface ViewEncoder {
  /** Optimiser steps that the weights have seen. */
  readonly step: number;
  /** Throws HumanError if it was trained on images of another size. */
  requireSize(size: ImageSize): void;
  /** Encoder features of views [height, width, channels], 0 to 1: rows of unit length, [views, dimensions]. */
  encode(views: readonly Float32Array[]): Promise<Encoded>;
  dispose(): Promise<void>;
}

interface Encoded {
  readonly features: Float32Array;
  readonly dimensions: number;
}

const BATCH = 32;

/** Loads the newest checkpoint of a run, or that of its best evaluation. Throws HumanError if there is none. */
export async function openViewEncoder(
  runFolder: string,
  which: 'best' | 'last' = 'last',
): Promise<ViewEncoder> {
  const { model, input, state, step, configuration } = await loadTrainedModel(runFolder, which);
  const { height, width, channels, statistics } = input;
  const { engine } = await createEngine('onnx');
  const encode = encodeProgram(model, BATCH, [height, width, channels]);
  const session = await engine.load({ state: tensorSpecs(model.parameters), programs: { encode } }, state);
  const size = height * width * channels;
  return {
    step,
    requireSize: (given) => {
      if (given.height !== height || given.width !== width || given.channels !== channels)
        throw new HumanError(
          `${configuration.name} was trained on images of ${describe(input)}, and these are ${describe(given)}: choose another run.`,
        );
    },
    encode: async (views) => {
      const parts: Float32Array[] = [];
      for (let start = 0; start < views.length; start += BATCH) {
        const images = new Float32Array(BATCH * size);
        const some = views.slice(start, start + BATCH);
        some.forEach((view, row) => images.set(normalise(view, statistics), row * size));
        const { features } = await session.run('encode', { images });
        parts.push(Float32Array.from(features).subarray(0, (features.length / BATCH) * some.length));
      }
      const features = Float32Array.from(parts.flatMap((part) => [...part]));
      const dimensions = features.length / views.length;
      return { features: normaliseRows(features, dimensions), dimensions };
    },
    dispose: () => session.dispose(),
  };
}

function normalise(
  view: Float32Array,
  { mean, deviation }: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
): Float32Array {
  const channels = mean.length;
  return view.map((value, i) => (value - mean[i % channels]) / deviation[i % channels]);
}

function describe({ height, width, channels }: ImageSize): string {
  return `${height} x ${width} x ${channels}`;
}
