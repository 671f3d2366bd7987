/**
 * Evaluation at the end of an epoch: kNN and nearest class mean of encoder features on a fixed validation
 * sample, diagnostics and a snapshot of its embedding. The test split is never touched here.
 */
import { TAG } from '../../domain/metrics/tags';
import { itsTime } from '../../domain/schedules/schedule';
import type { Job } from '../job';
import type { LoopHost } from '../loop/host';
import type { Scalars } from '../recording/recorder';
import { diagnoseEpoch } from './diagnostics';
import type { Encoded } from './encode';
import { encodeImages } from './encode';
import type { NeighbourAccuracy } from './neighbours';
import { neighbourAccuracy } from './neighbours';
import { onlineProbeAccuracy } from './onlineProbe';
import { rowAnswers } from './rowAnswers';
import { firstRows, sampledIndices } from './sample';
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
  const indices = sampledIndices(split.validation, queriesWanted, seed);
  const queries = await encodeImages(job.session, { ...source, indices }, port);
  const bankIndices = sampledIndices(split.train, BANK_FACTOR * evaluation.samples, seed);
  const bank = await encodeImages(job.session, { ...source, indices: bankIndices }, port);
  const asked = firstRows(queries, evaluation.samples);
  const vote = {
    classes: job.classes,
    neighbours: evaluation.neighbours,
    temperature: evaluation.neighbourTemperature,
  };
  const { votes, ...accuracy } = await neighbourAccuracy(engine, bank, asked, vote);
  if (moment.keepEmbeddings) {
    const kept = firstRows(queries, embeddings.samples);
    await writeEmbeddings(job, {
      ...moment,
      indices: indices.subarray(0, kept.labels.length),
      encoded: kept,
      answers: await rowAnswers(job, kept, { bank, vote, first: votes }),
    });
  }
  // The step that was last recorded: steps count from zero.
  recorder.record(moment.step - 1, {
    [TAG.knnAccuracy]: accuracy.knn,
    [TAG.classMeanAccuracy]: accuracy.nearestClassMean,
    ...(await onlineProbeScalars(job, asked)),
    ...(await diagnosticScalars(job, asked, moment)),
  });
  return accuracy;
}

async function onlineProbeScalars(job: Job, asked: Encoded): Promise<Scalars> {
  const accuracy = await onlineProbeAccuracy(job, asked);
  return accuracy === undefined ? {} : { [TAG.onlineProbeAccuracy]: accuracy };
}

async function diagnosticScalars(job: Job, asked: Encoded, moment: OnlineMoment): Promise<Scalars> {
  const { evaluation, stage1 } = job.configuration;
  const isDue = itsTime(moment.epoch, evaluation.diagnosticsEveryEpochs, stage1.epochs);
  return isDue ? diagnoseEpoch(job, asked, moment) : {};
}
