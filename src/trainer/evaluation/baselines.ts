/** What costs nothing: raw pixels, and the encoder as it was before training. For scale beside a run's figures. */
import type { Results } from '../../domain/run/results';
import { holdsFeatures } from '../../formats/datasets/imageSet';
import type { Job } from '../job';
import { loadSession } from '../job';
import type { Port } from '../port';
import { tableClassMeanAccuracy } from './classMean';
import type { ChosenProbe } from './chosenProbe';
import { allIndices, encodeSplits, probeTables } from './encodings';
import { inputTable } from './featureTable';
import type { ProbeTables } from './probe';
import { probeProtocol, runProbe, testAccuracy } from './probeFigures';

type Progress = (done: number) => void;

/** Softmax regression and nearest class mean on what the encoder is given: raw pixels, or the features of a set. */
export async function inputFigures(
  job: Job,
  port: Port,
  onProgress: Progress,
): Promise<Pick<Results, 'rawPixelProbe' | 'rawPixelClassMean'>> {
  const tables = inputTables(job);
  const input = holdsFeatures(job.dataset.train) ? 'features' : 'pixels';
  const probe = await runProbe(job, tables, { port, onProgress });
  return {
    rawPixelProbe: testAccuracy(probe.logits, tables.test.labels, {
      classes: job.classes,
      feature: 'pixels',
      protocol: `softmax regression on raw ${input}, ${probeProtocol(job, probe)}`,
    }),
    rawPixelClassMean: {
      top1: tableClassMeanAccuracy(tables.train, tables.test, job.classes),
      split: 'test',
      feature: 'pixels',
      protocol: `nearest class mean of raw ${input}, Euclidean, means: train split`,
    },
  };
}

/** The run's own probe on the weights that the run began with. */
export async function untrainedFigures(
  job: Job,
  port: Port,
  onProgress: Progress,
): Promise<Pick<Results, 'untrainedProbe'>> {
  const { probe, labels } = await probeUntrained(job, port, onProgress);
  return {
    untrainedProbe: testAccuracy(probe.logits, labels, {
      classes: job.classes,
      feature: 'encoder',
      protocol: `linear probe on the encoder as initialised, ${probeProtocol(job, probe)}`,
    }),
  };
}

async function probeUntrained(
  job: Job,
  port: Port,
  onProgress: Progress,
): Promise<{ probe: ChosenProbe; labels: Int32Array }> {
  const session = await loadSession(job.engine, job.configuration, job.model, job.dataset);
  try {
    const encodings = await encodeSplits(session, job, port);
    const probe = await runProbe(job, probeTables(encodings), { port, onProgress });
    return { probe, labels: encodings.test.labels };
  } finally {
    await session.dispose();
  }
}

function inputTables({ dataset, split }: Job): ProbeTables {
  const { train, test } = dataset;
  return {
    train: inputTable(train, split.train),
    validation: inputTable(train, split.validation),
    test: inputTable(test, allIndices(test.count)),
  };
}
