/** Writes embeddings as a run does, for every test that needs a run folder with some. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeProjectorMetadata, encodeProjectorTensor } from '../../../../src/formats/projector';

export interface WrittenEpoch {
  /** Of features; 2 by default. */
  readonly width?: number;
  /** Content hash of the data set. */
  readonly datasetHash?: string;
}

/** Features row by row, and projections of one dimension that are the epoch's number. Returns the epoch's folder. */
export function writeEpoch(
  run: string,
  epoch: number,
  values: ArrayLike<number>,
  { width = 2, datasetHash = 'abc' }: WrittenEpoch = {},
): string {
  const folder = join(run, 'embeddings', `epoch-${String(epoch).padStart(6, '0')}`);
  const samples = values.length / width;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'features.bytes'), encodeProjectorTensor(Float32Array.from(values)));
  writeFileSync(
    join(folder, 'projections.bytes'),
    encodeProjectorTensor(new Float32Array(samples).fill(epoch)),
  );
  const description = {
    ...{ formatVersion: 1, epoch, step: epoch * 10, samples, datasetHash },
    ...{ featureWidth: width, projectionWidth: 1, sampling: 'validation split, seed 1' },
  };
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify(description));
  return folder;
}

/** metadata.tsv of samples `train/0` and on, or from another one on; labels are places among `names`. */
export function writeRunMetadata(
  run: string,
  classes: readonly string[],
  { firstId = 0, names = [...new Set(classes)] }: { firstId?: number; names?: readonly string[] } = {},
): void {
  mkdirSync(join(run, 'embeddings'), { recursive: true });
  const text = encodeProjectorMetadata({
    id: classes.map((_, i) => `train/${i + firstId}`),
    label: classes.map((name) => names.indexOf(name)),
    class: classes,
  });
  writeFileSync(join(run, 'embeddings', 'metadata.tsv'), text);
}
