/**
 * Evaluation at the end of an epoch: kNN and nearest class mean of encoder features on a fixed validation
 * sample, and a snapshot of its embedding. The test split is never touched here.
 */
import { TAG } from '../../domain/metrics/tags';
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import type { Job } from '../job';
import type { LoopHost } from '../loop/host';
import type { Encoded } from './encode';
import { encodeImages } from './encode';
import type { NeighbourAccuracy } from './neighbours';
import { neighbourAccuracy } from './neighbours';
import { writeEmbeddings } from './embeddings';

/** Training images in the bank for every validation image. */
const BANK_FACTOR = 5;

export interface OnlineMoment {
  readonly step: number;
  readonly epoch: number;
  readonly keepEmbeddings: boolean;
}

/** Measures, records and returns the accuracy; writes the embedding if it is due. */
export async function evaluateOnline(
  job: Job,
  { port, recorder }: Pick<LoopHost, 'port' | 'recorder'>,
  moment: OnlineMoment,
): Promise<NeighbourAccuracy> {
  const { configuration, dataset, split, statistics, engine } = job;
  const { evaluation, embeddings, seed } = configuration;
  const queriesWanted = Math.max(evaluation.samples, moment.keepEmbeddings ? embeddings.samples : 0);
  const source = { set: dataset.train, statistics };
  const indices = sample(split.validation, queriesWanted, seed);
  const queries = await encodeImages(job.session, { ...source, indices }, port);
  const bankIndices = sample(split.train, BANK_FACTOR * evaluation.samples, seed);
  const bank = await encodeImages(job.session, { ...source, indices: bankIndices }, port);
  if (moment.keepEmbeddings) {
    const kept = firstRows(queries, embeddings.samples);
    await writeEmbeddings(job, {
      ...moment,
      indices: indices.subarray(0, kept.labels.length),
      encoded: kept,
    });
  }
  const accuracy = await neighbourAccuracy(engine, bank, firstRows(queries, evaluation.samples), {
    classes: job.classes,
    neighbours: evaluation.neighbours,
    temperature: evaluation.neighbourTemperature,
  });
  // The step that was last recorded: steps count from zero.
  recorder.record(moment.step - 1, {
    [TAG.knnAccuracy]: accuracy.knn,
    [TAG.classMeanAccuracy]: accuracy.nearestClassMean,
  });
  return accuracy;
}

/** The same random `count` of the indices every time; a smaller sample is a prefix of a larger one. */
function sample(indices: Int32Array, count: number, seed: number): Int32Array {
  const order = permutation(indices.length, seed, PURPOSE.sample);
  return order.subarray(0, count).map((place) => indices[place]);
}

function firstRows(encoded: Encoded, count: number): Encoded {
  const rows = Math.min(count, encoded.labels.length);
  const cut = (values: Float32Array) => values.subarray(0, (values.length / encoded.labels.length) * rows);
  return {
    features: cut(encoded.features),
    head: cut(encoded.head),
    labels: encoded.labels.subarray(0, rows),
  };
}
