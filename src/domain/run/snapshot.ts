/**
 * embeddings/epoch-NNNNNN: raw float32 tables of one fixed sample, described by snapshot.json, which is written last,
 * so that an epoch without it is not whole yet.
 */
import * as v from 'valibot';

/** Names of the files below `embeddings` and of each of its epochs. */
export const SNAPSHOT_FILE = {
  /** One row a sample for all epochs: id, label, class, and `key`, a hash of the sample's content. */
  metadata: 'metadata.tsv',
  description: 'snapshot.json',
  features: 'features.bytes',
  projections: 'projections.bytes',
  /** What the run would answer to each sample, and how surely; runs of earlier versions have none. */
  predictions: 'predictions.tsv',
} as const;

const size = v.pipe(v.number(), v.integer(), v.minValue(1));

/** snapshot.json of one epoch. */
export const snapshotSchema = v.object({
  formatVersion: v.number(),
  epoch: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Optimiser steps until then. */
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Rows of every table. */
  samples: size,
  featureWidth: size,
  projectionWidth: size,
  /** Content hash of the data set. */
  datasetHash: v.string(),
  /** How the sample was drawn, in words. */
  sampling: v.string(),
  /** Whose answers `predictions.tsv` holds, in words; absent without it. */
  predictions: v.exactOptional(v.string()),
});
export type SnapshotFile = v.InferOutput<typeof snapshotSchema>;

/** Parses the content of snapshot.json; undefined if it is not whole. */
export function parseSnapshot(value: unknown): SnapshotFile | undefined {
  const result = v.safeParse(snapshotSchema, value);
  return result.success ? result.output : undefined;
}
