/** Made-up embeddings for tests of maps: classes as directions with noise, written as a run writes them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PURPOSE, randomStream } from '../../../../src/domain/random/stream';
import { writeEpoch, writeRunMetadata } from '../../formats/embeddings/runFiles';

export interface MadeRun {
  readonly rows: number;
  readonly dimensions: number;
  readonly classes: number;
  readonly epochs: readonly number[];
  readonly seed?: number;
  /** Changes the vectors of an epoch in place. */
  readonly change?: (values: Float32Array, epoch: number) => void;
  /** Of the first sample, so that two runs share some. */
  readonly firstId?: number;
  readonly dataset?: string;
}

/** Vectors of rows whose class is the row's number modulo the classes, nearer to their class with each epoch. */
export function madeVectors({ rows, dimensions, classes, seed = 0, firstId = 0 }: MadeRun, epoch: number) {
  const random = randomStream(seed, PURPOSE.sample, epoch);
  const values = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const own = (row + firstId) % classes;
    for (let d = 0; d < dimensions; d++) {
      values[row * dimensions + d] = (d % classes === own ? 0.5 + 0.2 * epoch : 0) + 0.2 * random.normal();
    }
  }
  return values;
}

/** Writes a run folder with embeddings. */
export function makeRun(folder: string, run: MadeRun): string {
  const { rows, classes, firstId = 0 } = run;
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`);
  const ofRows = Array.from({ length: rows }, (_, row) => `class ${(row + firstId) % classes}`);
  writeRunMetadata(folder, ofRows, { firstId, names });
  writeFileSync(join(folder, 'run.json'), '{}');
  for (const epoch of run.epochs) makeEpoch(folder, run, epoch);
  return folder;
}

/** Writes one epoch of a run. */
export function makeEpoch(folder: string, run: MadeRun, epoch: number): void {
  const { dimensions, dataset = 'abc', change } = run;
  const values = madeVectors(run, epoch);
  change?.(values, epoch);
  writeEpoch(folder, epoch, values, { width: dimensions, datasetHash: dataset });
}
