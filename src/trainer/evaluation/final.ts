/**
 * Stage 2 and the final figures: the projection head is dropped, the encoder frozen, and every classifier is
 * measured once on the test images. Nothing here chooses anything, so the test split stays honest.
 */
import { isClassification } from '../../domain/losses/kinds';
import { top1 } from '../../domain/metrics/accuracy';
import { CALIBRATION_BINS, expectedCalibrationError } from '../../domain/metrics/calibration';
import type { Tag } from '../../domain/metrics/tags';
import { TAG } from '../../domain/metrics/tags';
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { Accuracy, Results } from '../../domain/run/results';
import type { Stage } from '../../domain/run/state';
import type { Job, TrainingSession } from '../job';
import { loadSession } from '../job';
import { reportLater, viewsPerSecond } from '../loop/progress';
import type { LoopHost } from '../loop/host';
import type { LoopState } from '../loop/state';
import type { Scalars } from '../recording/recorder';
import type { Encoded } from './encode';
import { encodeImages } from './encode';
import { tableClassMeanAccuracy } from './classMean';
import { denseTable, pixelTable } from './featureTable';
import { neighbourAccuracy } from './neighbours';
import type { ProbeHost, ProbeResult, ProbeSetting, ProbeTables } from './probe';
import { linearProbe, softmaxRows } from './probe';

interface Encodings {
  readonly train: Encoded;
  readonly validation: Encoded;
  readonly test: Encoded;
}

type FinalHost = Pick<LoopHost, 'port' | 'recorder'>;

/** Measures everything that results.json holds. */
export async function evaluateFinally(job: Job, host: FinalHost, loop: LoopState): Promise<Results> {
  const { port } = host;
  const during = (stage: Stage, from: number, to: number) => (done: number) =>
    reportLater(job, port, loop, { stage, done: from + (to - from) * done });
  during('linear', 0, 0)(0);
  const encodings = await encodeSplits(job, job.session, host);
  const probe = await probeEncodings(job, encodings, {
    port,
    onEpoch: recordProbe(host, loop),
    onProgress: during('linear', 0.3, 0.45),
  });
  const neighbours = await neighbourAccuracy(job.engine, encodings.train, encodings.test, voteOf(job));
  const pixels = pixelTables(job);
  const rawPixels = await linearProbe(job.engine, pixels, probeSetting(job), {
    port,
    onProgress: during('evaluation', 0.5, 0.7),
  });
  const untrained = await untrainedProbe(job, host, during('evaluation', 0.9, 1));
  const k = Math.min(job.configuration.evaluation.neighbours, encodings.train.labels.length);
  const results: Results = {
    formatVersion: FORMAT_VERSION,
    linearProbe: accuracy(
      probe.top1,
      `offline linear probe on the frozen encoder's features, ${probeProtocol(job)}`,
    ),
    knn: accuracy(neighbours.knn, `kNN on encoder features, cosine, k ${k}, bank: train split`),
    nearestClassMean: accuracy(
      neighbours.nearestClassMean,
      'nearest class mean of encoder features, cosine, means: train split',
    ),
    rawPixelProbe: accuracy(rawPixels.top1, `softmax regression on raw pixels, ${probeProtocol(job)}`),
    rawPixelClassMean: accuracy(
      tableClassMeanAccuracy(pixels.train, pixels.test, job.classes),
      'nearest class mean of raw pixels, Euclidean, means: train split',
    ),
    untrainedProbe: accuracy(
      untrained.top1,
      `linear probe on the encoder as initialised, ${probeProtocol(job)}`,
    ),
    ...classifierFigures(job, encodings.test, probe),
    ...lossFigures(loop),
  };
  host.recorder.record(lastStep(job, loop), finalScalars(results));
  return results;
}

/** The step of the last epoch of stage 2. */
function lastStep({ configuration }: Job, loop: LoopState): number {
  return loop.step - 1 + configuration.stage2.epochs;
}

/** The final figures as scalars, so that pages and TensorBoard find them where all numbers are. */
function finalScalars(results: Results): Scalars {
  const figures: [Tag, number | undefined][] = [
    [TAG.testLinearProbe, results.linearProbe?.top1],
    [TAG.testClassifier, results.classifier?.top1],
    [TAG.testKnn, results.knn?.top1],
    [TAG.testClassMean, results.nearestClassMean?.top1],
    [TAG.testRawPixels, results.rawPixelProbe?.top1],
    [TAG.testUntrained, results.untrainedProbe?.top1],
    [TAG.testCalibrationError, results.calibration?.ece],
  ];
  return Object.fromEntries(figures.filter(([, value]) => value !== undefined));
}

function accuracy(value: number, protocol: string): Accuracy {
  return { top1: value, split: 'test', protocol };
}

async function encodeSplits(job: Job, session: TrainingSession, host: FinalHost): Promise<Encodings> {
  const { dataset, split, statistics } = job;
  const testIndices = Int32Array.from({ length: dataset.test.count }, (_, i) => i);
  const encode = (set: typeof dataset.train, indices: Int32Array) =>
    encodeImages(session, { set, indices, statistics }, host.port);
  return {
    train: await encode(dataset.train, split.train),
    validation: await encode(dataset.train, split.validation),
    test: await encode(dataset.test, testIndices),
  };
}

function probeEncodings(job: Job, encodings: Encodings, host: ProbeHost): Promise<ProbeResult> {
  const tables: ProbeTables = {
    train: tableOf(encodings.train),
    validation: tableOf(encodings.validation),
    test: tableOf(encodings.test),
  };
  return linearProbe(job.engine, tables, probeSetting(job), host);
}

function tableOf(encoded: Encoded) {
  return denseTable(encoded.features, encoded.labels);
}

function pixelTables({ dataset, split }: Job): ProbeTables {
  const { train, test } = dataset;
  const all = Int32Array.from({ length: test.count }, (_, i) => i);
  return {
    train: pixelTable(train.images, train.labels, split.train),
    validation: pixelTable(train.images, train.labels, split.validation),
    test: pixelTable(test.images, test.labels, all),
  };
}

/** The same procedure on the weights that the run began with. */
async function untrainedProbe(
  job: Job,
  host: FinalHost,
  onProgress: (done: number) => void,
): Promise<ProbeResult> {
  const session = await loadSession(job.engine, job.configuration, job.model, job.dataset);
  try {
    const encodings = await encodeSplits(job, session, host);
    return await probeEncodings(job, encodings, { port: host.port, onProgress });
  } finally {
    await session.dispose();
  }
}

function recordProbe({ recorder }: FinalHost, loop: LoopState) {
  return (epoch: number, loss: number, validationAccuracy: number) =>
    recorder.record(loop.step - 1 + epoch, {
      [TAG.probeLoss]: loss,
      [TAG.probeAccuracy]: validationAccuracy,
    });
}

function probeSetting({ configuration, classes }: Job): ProbeSetting {
  const { stage2, optimiser, seed } = configuration;
  return { ...stage2, momentum: optimiser.momentum, classes, seed };
}

function probeProtocol({ configuration: { stage2, optimiser } }: Job): string {
  return `SGD momentum ${optimiser.momentum}, cosine from ${stage2.learningRate}, ${stage2.epochs} epochs of ${stage2.batchSize}, features centred and scaled to unit largest variance, trained on the train split`;
}

function voteOf({ configuration: { evaluation }, classes }: Job) {
  return { classes, neighbours: evaluation.neighbours, temperature: evaluation.neighbourTemperature };
}

/** Calibration of the classifier that a user would ship: the run's own one, or else the probe. */
function classifierFigures(
  job: Job,
  test: Encoded,
  probe: ProbeResult,
): Pick<Results, 'classifier' | 'calibration'> {
  const { classes } = job;
  const isOwn = isClassification(job.configuration.loss.name);
  const probabilities = isOwn ? softmaxRows(test.head, classes) : probe.probabilities;
  const calibration = {
    ece: expectedCalibrationError(probabilities, test.labels, classes),
    bins: CALIBRATION_BINS,
    split: 'test' as const,
    protocol: `expected calibration error of the ${isOwn ? "run's own classifier" : 'linear probe'}, ${CALIBRATION_BINS} equal bins`,
  };
  if (!isOwn) return { calibration };
  return {
    classifier: accuracy(top1(test.head, test.labels, classes), "the run's own classifier"),
    calibration,
  };
}

function lossFigures(loop: LoopState): Pick<Results, 'loss' | 'throughput'> {
  return {
    loss: {
      final: loop.loss,
      collapse: loop.collapseLine,
      floor: loop.floor,
      split: 'train',
      protocol: 'as optimised, exponential mean over the last 50 steps of stage 1',
    },
    throughput: {
      viewsPerSecond: viewsPerSecond(loop) ?? 0,
      split: 'train',
      protocol: 'stage 1, whole steps, waiting for data included',
    },
  };
}
