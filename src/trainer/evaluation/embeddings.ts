/**
 * Snapshots of the embedding: raw float32 tables of encoder features and projections of one fixed validation
 * sample, epoch by epoch, with the configuration that TensorBoard's projector reads.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMAT_VERSION, RUN_FILE, epochName } from '../../domain/run/layout';
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

export interface Snapshot {
  readonly epoch: number;
  readonly step: number;
  /** Places in the training set, in the order of the rows. */
  readonly indices: Int32Array;
  readonly encoded: Encoded;
}

const METADATA = 'metadata.tsv';

/** Writes `epoch-NNNNNN/{features,projections}.bytes` and refreshes the files that describe all epochs. */
export async function writeEmbeddings(job: Job, snapshot: Snapshot): Promise<void> {
  const folder = join(job.folder, RUN_FILE.embeddings);
  const name = epochName(snapshot.epoch);
  await mkdir(join(folder, name), { recursive: true });
  await writeFileAtomically(
    join(folder, name, 'features.bytes'),
    encodeProjectorTensor(snapshot.encoded.features),
  );
  await writeFileAtomically(
    join(folder, name, 'projections.bytes'),
    encodeProjectorTensor(snapshot.encoded.head),
  );
  await writeFileAtomically(join(folder, METADATA), metadataOf(job, snapshot));
  await writeJson(join(folder, name, 'snapshot.json'), describe(job, snapshot));
  await writeFileAtomically(
    join(folder, PROJECTOR_CONFIG_FILE),
    await projectorConfig(folder, snapshot.encoded),
  );
}

function describe({ dataset, configuration }: Job, { epoch, step, encoded }: Snapshot) {
  return {
    formatVersion: FORMAT_VERSION,
    epoch,
    step,
    samples: encoded.labels.length,
    featureWidth: encoded.features.length / encoded.labels.length,
    projectionWidth: encoded.head.length / encoded.labels.length,
    datasetHash: dataset.contentHash,
    sampling: `validation split, seed ${configuration.seed}`,
  };
}

function metadataOf({ dataset: { train } }: Job, { indices, encoded }: Snapshot): string {
  return encodeProjectorMetadata({
    id: Array.from(indices, (index) => sampleId(train, index)),
    label: Array.from(encoded.labels),
    class: Array.from(encoded.labels, (label) => train.classNames[label]),
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
        metadataPath: METADATA,
        shape: [labels.length, width] as const,
      })),
    ),
  );
}
