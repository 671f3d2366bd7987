/** Encoder features of many images, in batches of a fixed size. */
import type { EngineSession, NamedValues } from '../../engine/engine';
import type { ChannelStatistics } from '../../formats/datasets/split';
import type { SampleSet } from '../../formats/datasets/imageSet';
import { plainBatches } from '../data/plainBatches';
import type { Port } from '../port';
import { throwIfStopped } from '../port';

/** Images in a batch of the `encode` program. */
export const ENCODE_BATCH = 128;

export interface Encoded {
  /** Encoder features, row-major [images, F]; of unit length only where the model says so. */
  readonly features: Float32Array;
  /** Output of the head: normalised projections [images, d], or logits [images, C]. */
  readonly head: Float32Array;
  readonly labels: Int32Array;
}

export interface EncodeSource {
  readonly set: SampleSet;
  readonly indices: Int32Array;
  readonly statistics: ChannelStatistics;
}

/** Runs the `encode` program over the named images, without augmentation. */
export async function encodeImages(
  session: EngineSession<'train' | 'encode'>,
  source: EncodeSource,
  port: Port,
): Promise<Encoded> {
  const { set, indices, statistics } = source;
  const parts: NamedValues[] = [];
  for (const batch of plainBatches({ set, indices, batchSize: ENCODE_BATCH, statistics })) {
    throwIfStopped(port);
    parts.push(trim(await session.run('encode', { images: batch.images }), batch.count));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    features: concatenate(parts.map(({ features }) => features as Float32Array)),
    head: concatenate(parts.map(({ head }) => head as Float32Array)),
    labels: indices.map((index) => set.labels[index]),
  };
}

/** The rows of real images; the last batch is filled up. */
function trim({ features, head }: NamedValues, count: number): NamedValues {
  const rows = (values: NamedValues[string]) => values.slice(0, (values.length / ENCODE_BATCH) * count);
  return { features: rows(features), head: rows(head) };
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
