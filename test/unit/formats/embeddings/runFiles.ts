/** Writes embeddings as a run does. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeProjectorMetadata, encodeProjectorTensor } from '../../../../src/formats/projector';

/** Two dimensions of features and one of projections, the same for all epochs but for the epoch's number. */
export function writeEpoch(run: string, epoch: number, values: readonly number[]): string {
  const folder = join(run, 'embeddings', `epoch-${String(epoch).padStart(6, '0')}`);
  const samples = values.length / 2;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'features.bytes'), encodeProjectorTensor(Float32Array.from(values)));
  writeFileSync(
    join(folder, 'projections.bytes'),
    encodeProjectorTensor(new Float32Array(samples).fill(epoch)),
  );
  const description = {
    formatVersion: 1,
    epoch,
    step: epoch * 10,
    samples,
    featureWidth: 2,
    projectionWidth: 1,
    datasetHash: 'abc',
    sampling: 'validation split, seed 1',
  };
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify(description));
  return folder;
}

/** metadata.tsv of samples `train/0` and on. */
export function writeRunMetadata(run: string, classes: readonly string[]): void {
  mkdirSync(join(run, 'embeddings'), { recursive: true });
  const text = encodeProjectorMetadata({
    id: classes.map((_, i) => `train/${i}`),
    label: classes.map((name) => [...new Set(classes)].indexOf(name)),
    class: classes,
  });
  writeFileSync(join(run, 'embeddings', 'metadata.tsv'), text);
}
