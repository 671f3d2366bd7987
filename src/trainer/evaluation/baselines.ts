/** What costs nothing: raw pixels, and the encoder as it was before training. For scale beside a run's figures. */
import type { Results } from '../../domain/run/results';
import type { Job } from '../job';
import { loadSession } from '../job';
import type { Port } from '../port';
import { tableClassMeanAccuracy } from './classMean';
import type { ChosenProbe } from './chosenProbe';
import { allIndices, encodeSplits, probeTables } from './encodings';
import { pixelTable } from './featureTable';
import type { ProbeTables } from './probe';
import { probeProtocol, runProbe, testAccuracy } from './probeFigures';

type Progress = (done: number) => void;

/** Softmax regression and nearest class mean on raw pixels. */
export async function pixelFigures(
  job: Job,
  port: Port,
  onProgress: Progress,
): Promise<Pick<Results, 'rawPixelProbe' | 'rawPixelClassMean'>> {
  const tables = pixelTables(job);
  const probe = await runProbe(job, tables, { port, onProgress });
  return {
    rawPixelProbe: testAccuracy(probe.logits, tables.test.labels, {
      classes: job.classes,
      feature: 'pixels',
      protocol: `softmax regression on raw pixels, ${probeProtocol(job, probe)}`,
    }),
    rawPixelClassMean: {
      top1: tableClassMeanAccuracy(tables.train, tables.test, job.classes),
      split: 'test',
      feature: 'pixels',
      protocol: 'nearest class mean of raw pixels, Euclidean, means: train split',
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

function pixelTables({ dataset, split }: Job): ProbeTables {
  const { train, test } = dataset;
  return {
    train: pixelTable(train.images, train.labels, split.train),
    validation: pixelTable(train.images, train.labels, split.validation),
    test: pixelTable(test.images, test.labels, allIndices(test.count)),
  };
}
