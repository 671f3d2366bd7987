/** Fine-tuning: all weights of an encoder and a new classifier on it, by cross-entropy at a small rate. */
import { HumanError } from '../../domain/errors';
import type { Accuracy } from '../../domain/run/results';
import { warmupCosine } from '../../domain/schedules/schedule';
import { dataInputs } from '../data/dataInputs';
import type { Loader } from '../data/loader';
import type { Job } from '../job';
import type { Port } from '../port';
import { throwIfStopped } from '../port';
import { encodeImages } from './encode';
import { allIndices } from './encodings';
import { testAccuracy } from './probeFigures';

export interface FinetuneHost {
  readonly port: Port;
  /** Views of the job's training images; the caller closes it. */
  readonly loader: Loader;
  /** Called after each step with the share that is done, up to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Trains the job of fine-tuning to its end and measures its classifier on the test split. */
export async function finetune(job: Job, host: FinetuneHost): Promise<Accuracy> {
  for (let step = 0; step < job.totalSteps; step++) {
    throwIfStopped(host.port);
    await takeStep(job, host, step);
    host.onProgress?.((step + 1) / job.totalSteps);
  }
  const { session, dataset, statistics, classes } = job;
  const source = { set: dataset.test, indices: allIndices(dataset.test.count), statistics };
  const { head, labels } = await encodeImages(session, source, host.port);
  return testAccuracy(head, labels, { classes, feature: 'head', protocol: protocolOf(job) });
}

async function takeStep({ session, configuration, totalSteps }: Job, { loader }: FinetuneHost, step: number) {
  const batch = await loader.next(step);
  const rate = warmupCosine({ peak: configuration.stage1.learningRate, warmupSteps: 0, totalSteps }, step);
  const [loss] = (await session.run('train', { ...dataInputs(batch), rate: Float32Array.of(rate) }))['loss'];
  if (!Number.isFinite(loss)) {
    throw new HumanError(
      `The loss of fine-tuning is not finite (${loss}) at step ${step}: lower evaluation.finetuneRate.`,
    );
  }
  // The engine's calls block the event loop: let messages in.
  await new Promise((resolve) => setImmediate(resolve));
}

function protocolOf({ configuration: { stage1 } }: Job): string {
  return `all weights fine-tuned from the run's encoder with a new classifier, cross-entropy, the run's optimiser and augmentation, one view, cosine from ${stage1.learningRate}, ${stage1.epochs} epochs of ${stage1.batchSize}`;
}
