/**
 * Snapshots of the embedding: raw float32 tables of encoder features and projections of one fixed validation
 * sample, epoch by epoch, with the configuration that TensorBoard's projector reads.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMAT_VERSION, RUN_FILE, epochName } from '../../domain/run/layout';
import { SNAPSHOT_FILE, type SnapshotFile } from '../../domain/run/snapshot';
import { sampleHash } from '../../formats/datasets/contentHash';
import { sampleId } from '../../formats/datasets/imageSet';
import { writeFileAtomically, writeJson } from '../../formats/files';
import {
  PROJECTOR_CONFIG_FILE,
  encodeProjectorConfig,
  encodeProjectorMetadata,
  encodeProjectorTensor,
} from '../../formats/projector';
import type { Job } from '../job';
import type { Encoded } from './encode';
import type { RowAnswers } from './rowAnswers';

export interface Snapshot {
  readonly epoch: number;
  readonly step: number;
  /** Places in the training set, in the order of the rows. */
  readonly indices: Int32Array;
  readonly encoded: Encoded;
  /** What a classifier of the run answers to each row. */
  readonly answers: RowAnswers;
}

const CONFIDENCE_DIGITS = 4;

/** Writes the folder of the epoch, its description last, and refreshes the files that describe all epochs. */
export async function writeEmbeddings(job: Job, snapshot: Snapshot): Promise<void> {
  const folder = join(job.folder, RUN_FILE.embeddings);
  const name = epochName(snapshot.epoch);
  await mkdir(join(folder, name), { recursive: true });
  await writeFileAtomically(
    join(folder, name, SNAPSHOT_FILE.features),
    encodeProjectorTensor(snapshot.encoded.features),
  );
  await writeFileAtomically(
    join(folder, name, SNAPSHOT_FILE.projections),
    encodeProjectorTensor(snapshot.encoded.head),
  );
  await writeFileAtomically(join(folder, name, SNAPSHOT_FILE.predictions), predictionsOf(job, snapshot));
  await writeFileAtomically(join(folder, SNAPSHOT_FILE.metadata), metadataOf(job, snapshot));
  await writeJson(join(folder, name, SNAPSHOT_FILE.description), describe(job, snapshot));
  await writeFileAtomically(
    join(folder, PROJECTOR_CONFIG_FILE),
    await projectorConfig(folder, snapshot.encoded),
  );
}

function describe(
  { dataset, configuration }: Job,
  { epoch, step, encoded, answers }: Snapshot,
): SnapshotFile {
  return {
    formatVersion: FORMAT_VERSION,
    epoch,
    step,
    samples: encoded.labels.length,
    featureWidth: encoded.features.length / encoded.labels.length,
    projectionWidth: encoded.head.length / encoded.labels.length,
    datasetHash: dataset.contentHash,
    sampling: `validation split, seed ${configuration.seed}`,
    predictions: answers.source,
  };
}

function predictionsOf({ dataset: { train } }: Job, { answers: { answers, confidence } }: Snapshot): string {
  return encodeProjectorMetadata({
    prediction: Array.from(answers, (answer) => train.classNames[answer]),
    confidence: Array.from(confidence, (share) => share.toFixed(CONFIDENCE_DIGITS)),
  });
}

function metadataOf({ dataset: { train } }: Job, { indices, encoded }: Snapshot): string {
  return encodeProjectorMetadata({
    id: Array.from(indices, (index) => sampleId(train, index)),
    label: Array.from(encoded.labels),
    class: Array.from(encoded.labels, (label) => train.classNames[label]),
    key: Array.from(indices, (index) => sampleHash(train, index)),
  });
}

async function projectorConfig(folder: string, { features, head, labels }: Encoded): Promise<string> {
  const epochs = (await readdir(folder)).filter((name) => name.startsWith('epoch-')).sort();
  const tables = [
    { file: 'features', width: features.length / labels.length },
    { file: 'projections', width: head.length / labels.length },
  ];
  return encodeProjectorConfig(
    epochs.flatMap((epoch) =>
      tables.map(({ file, width }) => ({
        tensorName: `${file}:${epoch}`,
        tensorPath: `${epoch}/${file}.bytes`,
        metadataPath: SNAPSHOT_FILE.metadata,
        shape: [labels.length, width] as const,
      })),
    ),
  );
}
