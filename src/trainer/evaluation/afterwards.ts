/**
 * Evaluation of a run after its end, from a checkpoint: linear probe, fine-tuning and robustness, on the run's own data
 * set or on another one. It writes nothing; whoever asks keeps the answer.
 */
import { BENCHMARK_CORRUPTIONS } from '../../domain/corruptions/list';
import { join } from 'node:path';
import { parseConfiguration } from '../../domain/configuration/parse';
import { HumanError } from '../../domain/errors';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { Accuracy, Evaluation, Robustness } from '../../domain/run/results';
import { readJson } from '../../formats/files';
import { createJobLoader } from '../data/jobLoader';
import type { Loader } from '../data/loader';
import { requireImages } from '../../formats/datasets/imageSet';
import type { Job } from '../job';
import { prepareJob } from '../job';
import type { Port } from '../port';
import { sayHeaviest } from '../recording/severalLabels';
import type { Encoded } from './encode';
import { encodeSplits, probeTables } from './encodings';
import { finetune } from './finetune';
import type { ChosenProbe } from './chosenProbe';
import { jointClassifierAccuracy } from './jointClassifier';
import { probeProtocol, runProbe, testAccuracy } from './probeFigures';
import { measureRobustness } from './robustness';
import type { ShippedClassifier } from './shippedClassifier';
import { probeClassifier, shippedClassifier } from './shippedClassifier';
import type { DatasetPlace } from './transfer';
import { finetuneJob, openImages } from './transfer';

/** What can be measured. */
export type Measure = 'linear-probe' | 'finetune' | 'robustness';

export interface EvaluationRequest {
  /** The run's own data set where absent. */
  readonly on?: DatasetPlace;
  readonly measures: readonly Measure[];
  readonly checkpoint: 'best' | 'last';
}

export interface EvaluationHost {
  readonly port: Port;
  /** Called with the share of one measure that is done, up to 1. */
  readonly onProgress: (measure: Measure, done: number) => void;
  /** Makes the views of fine-tuning; for tests, which have no bundled worker. */
  readonly createLoader?: (job: Job) => Promise<Loader>;
}

/** The measures asked for, in the order of the request. */
export async function evaluateAfterwards(
  folder: string,
  request: EvaluationRequest,
  host: EvaluationHost,
): Promise<Partial<Record<Measure, Evaluation>>> {
  const path = join(folder, RUN_FILE.config);
  const job = await prepareJob(folder, parseConfiguration(await readJson(path), path));
  try {
    return await measureAll(job, request, host);
  } finally {
    await job.session.dispose();
  }
}

/** The same for a job that has been prepared. */
export async function measureAll(
  job: Job,
  request: EvaluationRequest,
  host: EvaluationHost,
): Promise<Partial<Record<Measure, Evaluation>>> {
  const step = await restore(job, request.checkpoint);
  const frozen = request.on === undefined ? job : await finetuneJob(job, await openImages(job, request.on));
  try {
    const said = {
      formatVersion: FORMAT_VERSION,
      dataset: request.on?.path ?? 'own',
      datasetHash: frozen.dataset.contentHash,
      checkpoint: { name: request.checkpoint, step },
    };
    const subject = await probeFrozen(job, frozen, host);
    const found: Partial<Record<Measure, Evaluation>> = {};
    for (const measure of request.measures) {
      const figures = sayHeaviest(await measureOne(measure, subject, host), frozen.dataset);
      found[measure] = { ...said, ...figures };
    }
    return found;
  } finally {
    if (frozen !== job) await frozen.session.dispose();
  }
}

/** Loads a checkpoint into the session; how many steps it had taken. */
async function restore({ checkpoints, session, folder }: Job, name: 'best' | 'last'): Promise<number> {
  const checkpoint = name === 'best' ? checkpoints.readBest() : checkpoints.readNewest();
  if (checkpoint === undefined) {
    throw new HumanError(
      `${folder} has no ${name} checkpoint that can be read: train the run further, or choose the other checkpoint.`,
    );
  }
  await session.writeState(checkpoint.state);
  return checkpoint.loop.step;
}

interface Subject {
  /** The run. */
  readonly job: Job;
  /** What encodes the images: the run itself, or its encoder in a session that reads images of another size. */
  readonly frozen: Job;
  readonly probe: ChosenProbe;
  readonly classifier: ShippedClassifier;
  /** The test images as the frozen encoder gives them. */
  readonly test: Encoded;
}

async function probeFrozen(job: Job, frozen: Job, { port, onProgress }: EvaluationHost): Promise<Subject> {
  const encodings = await encodeSplits(frozen.session, frozen, port);
  const probe = await runProbe(frozen, probeTables(encodings), {
    port,
    onProgress: (done) => onProgress('linear-probe', done),
  });
  const classifier = frozen === job ? shippedClassifier(job, probe) : probeClassifier(probe, frozen.classes);
  return { job, frozen, probe, classifier, test: encodings.test };
}

async function measureOne(
  measure: Measure,
  subject: Subject,
  host: EvaluationHost,
): Promise<Pick<Evaluation, 'linearProbe' | 'jointClassifier' | 'finetuned' | 'robustness'>> {
  switch (measure) {
    case 'linear-probe':
      return { linearProbe: probeFigure(subject), ...(await ownFigure(subject)) };
    case 'robustness':
      return { robustness: await robustnessFigure(subject, host) };
    case 'finetune':
      return { finetuned: await finetunedFigure(subject, host) };
  }
}

/** The classifier of a joint loss knows the classes of its own data set only. */
async function ownFigure({ job, frozen, test }: Subject): Promise<Pick<Evaluation, 'jointClassifier'>> {
  const jointClassifier = frozen === job ? await jointClassifierAccuracy(job, test, 'test') : undefined;
  return jointClassifier === undefined ? {} : { jointClassifier };
}

function probeFigure({ frozen, probe, test }: Subject): Accuracy {
  return testAccuracy(probe.logits, test.labels, {
    classes: frozen.classes,
    feature: 'encoder',
    protocol: `offline linear probe on the frozen encoder's features, ${probeProtocol(frozen, probe)}`,
  });
}

function robustnessFigure({ frozen, classifier }: Subject, host: EvaluationHost): Promise<Robustness> {
  const { session, dataset, statistics, configuration } = frozen;
  return measureRobustness(
    {
      session,
      classifier,
      set: requireImages(dataset.test, 'Robustness'),
      statistics,
      seed: configuration.seed,
    },
    BENCHMARK_CORRUPTIONS,
    { port: host.port, onProgress: (done) => host.onProgress('robustness', done) },
  );
}

async function finetunedFigure({ job, frozen }: Subject, host: EvaluationHost): Promise<Accuracy> {
  const tuned = await finetuneJob(job, frozen);
  try {
    const loader = await (host.createLoader ?? createJobLoader)(tuned);
    const onProgress = (done: number) => host.onProgress('finetune', done);
    try {
      return await finetune(tuned, { port: host.port, loader, onProgress });
    } finally {
      await loader.close();
    }
  } finally {
    await tuned.session.dispose();
  }
}
