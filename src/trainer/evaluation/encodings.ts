/** The three splits of a data set as an encoder gives them, and the probe tables over them. */
import type { Dataset } from '../../formats/datasets/imageSet';
import type { ChannelStatistics, Split } from '../../formats/datasets/split';
import type { TrainingSession } from '../job';
import type { Port } from '../port';
import type { Encoded } from './encode';
import { encodeImages } from './encode';
import { denseTable } from './featureTable';
import type { ProbeTables } from './probe';

export interface Encodings {
  readonly train: Encoded;
  readonly validation: Encoded;
  readonly test: Encoded;
}

/** Images to encode: a data set, its split, and the statistics that the encoder's inputs are normalised with. */
export interface Images {
  readonly dataset: Dataset;
  readonly split: Split;
  readonly statistics: ChannelStatistics;
}

/** Encodes all three splits. */
export async function encodeSplits(
  session: TrainingSession,
  { dataset, split, statistics }: Images,
  port: Port,
): Promise<Encodings> {
  const encode = (set: typeof dataset.train, indices: Int32Array) =>
    encodeImages(session, { set, indices, statistics }, port);
  return {
    train: await encode(dataset.train, split.train),
    validation: await encode(dataset.train, split.validation),
    test: await encode(dataset.test, allIndices(dataset.test.count)),
  };
}

/** Tables of encoder features for a linear probe. */
export function probeTables({ train, validation, test }: Encodings): ProbeTables {
  const table = ({ features, labels }: Encoded) => denseTable(features, labels);
  return { train: table(train), validation: table(validation), test: table(test) };
}

/** 0 .. count - 1. */
export function allIndices(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
