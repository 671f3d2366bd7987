/**
 * Stage 2 and the final figures: the projection head is dropped, the encoder frozen, and every classifier is
 * measured once on the test images. The test split chooses nothing, so it stays honest.
 */
import { BENCHMARK_CORRUPTIONS } from '../../domain/corruptions/list';
import type { Tag } from '../../domain/metrics/tags';
import { TAG } from '../../domain/metrics/tags';
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { Results } from '../../domain/run/results';
import type { Stage } from '../../domain/run/state';
import { requireImages } from '../../formats/datasets/imageSet';
import type { Job } from '../job';
import { reportLater, viewsPerSecond } from '../loop/progress';
import type { LoopHost } from '../loop/host';
import type { LoopState } from '../loop/state';
import type { Scalars } from '../recording/recorder';
import { sayHeaviest } from '../recording/severalLabels';
import { inputFigures, untrainedFigures } from './baselines';
import { collapseFigures } from './collapseFigures';
import { encodeSplits, probeTables } from './encodings';
import { jointClassifierFigures } from './jointClassifier';
import { neighbourFigures, projectionFigures } from './neighbourFigures';
import { onlineProbeFigures } from './onlineProbe';
import { writePredictions } from './predictions';
import { probeProtocol, runProbe, testAccuracy } from './probeFigures';
import { retrievalFigures } from './retrieval';
import { measureRobustness } from './robustness';
import type { ShippedClassifier } from './shippedClassifier';
import { answersOf, classifierFigures, shippedClassifier } from './shippedClassifier';

type FinalHost = Pick<LoopHost, 'port' | 'recorder'>;

/** Measures everything that results.json holds. */
export async function evaluateFinally(job: Job, host: FinalHost, loop: LoopState): Promise<Results> {
  const { port } = host;
  const during = (stage: Stage, from: number, to: number) => (done: number) =>
    reportLater(job, port, loop, { stage, done: from + (to - from) * done });
  during('linear', 0, 0)(0);
  const encodings = await encodeSplits(job.session, job, port);
  const probe = await runProbe(job, probeTables(encodings), {
    port,
    onEpoch: recordProbe(host, loop),
    onProgress: during('linear', 0.3, 0.45),
  });
  const { configuration, classes } = job;
  const { evaluation, seed } = configuration;
  const classifier = shippedClassifier(job, probe);
  const answers = answersOf(classifier, encodings, probe);
  await writePredictions(job, classifier, answers.test);
  const results: Results = sayHeaviest<Results>(
    {
      formatVersion: FORMAT_VERSION,
      linearProbe: testAccuracy(probe.logits, encodings.test.labels, {
        classes,
        feature: 'encoder',
        protocol: `offline linear probe on the frozen encoder's features, ${probeProtocol(job, probe)}`,
      }),
      ...(await neighbourFigures(job, encodings)),
      ...(await projectionFigures(job, encodings)),
      ...(await onlineProbeFigures(job, encodings.test)),
      ...(await jointClassifierFigures(job, encodings)),
      ...(await retrievalFigures(job.engine, encodings.test, {
        samples: evaluation.retrievalSamples,
        classes,
        seed,
      })),
      ...collapseFigures(encodings, probe.classifier, seed),
      ...(evaluation.references ? await inputFigures(job, port, during('evaluation', 0.5, 0.7)) : {}),
      ...(await robustnessFigures(job, classifier, host)),
      ...(evaluation.references ? await untrainedFigures(job, port, during('evaluation', 0.9, 1)) : {}),
      ...classifierFigures(classifier, answers, job.dataset.train.classNames),
      ...lossFigures(loop),
    },
    job.dataset,
  );
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
    [TAG.testTop5, results.linearProbe?.top5],
    [TAG.testClassifier, results.classifier?.top1],
    [TAG.testJointClassifier, results.jointClassifier?.top1],
    [TAG.jointClassifierValidation, results.jointClassifierValidation?.top1],
    [TAG.testKnn, results.knn?.top1],
    [TAG.testClassMean, results.nearestClassMean?.top1],
    [TAG.testRawPixels, results.rawPixelProbe?.top1],
    [TAG.testUntrained, results.untrainedProbe?.top1],
    [TAG.testPrecisionAt1, results.retrieval?.precisionAt1],
    [TAG.testRPrecision, results.retrieval?.rPrecision],
    [TAG.testMapAtR, results.retrieval?.mapAtR],
    [TAG.testMutualInformation, results.clusters?.nmi],
    [TAG.testCalibrationError, results.calibration?.ece],
    [TAG.testScaledCalibrationError, results.scaledCalibration?.ece],
    [TAG.testCorrupted, results.robustness?.top1],
  ];
  return Object.fromEntries(figures.filter(([, value]) => value !== undefined));
}

function recordProbe({ recorder }: FinalHost, loop: LoopState) {
  return (epoch: number, loss: number, validationAccuracy: number) =>
    recorder.record(loop.step - 1 + epoch, {
      [TAG.probeLoss]: loss,
      [TAG.probeAccuracy]: validationAccuracy,
    });
}

/** Only where the configuration asks for it: it costs more than all the rest. */
async function robustnessFigures(
  { configuration, session, dataset, statistics }: Job,
  classifier: ShippedClassifier,
  { port }: FinalHost,
): Promise<Pick<Results, 'robustness'>> {
  if (configuration.evaluation.robustness === 'off') return {};
  const subject = {
    session,
    classifier,
    set: requireImages(dataset.test, '"evaluation.robustness"'),
    statistics,
    seed: configuration.seed,
  };
  return { robustness: await measureRobustness(subject, BENCHMARK_CORRUPTIONS, { port }) };
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
