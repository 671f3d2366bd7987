/** The accuracy of the probe that is trained beside stage 1, read from the session that trains it. */
import { top1 } from '../../domain/metrics/accuracy';
import type { Results } from '../../domain/run/results';
import type { Job } from '../job';
import { ONLINE_PROBE } from '../programs/onlineProbe';
import type { Encoded } from './encode';
import type { LinearClassifier } from './linearClassifier';
import { classify } from './linearClassifier';
import { testAccuracy } from './probeFigures';

/** Share right of encoded images, 0 to 1; undefined in a run without an online probe. */
export async function onlineProbeAccuracy(job: Job, encoded: Encoded): Promise<number | undefined> {
  const logits = await onlineProbeLogits(job, encoded);
  return logits && top1(logits, encoded.labels, job.classes);
}

/** Logits of encoded images, row-major [images, classes]; undefined in a run without an online probe. */
export async function onlineProbeLogits(job: Job, { features }: Encoded): Promise<Float32Array | undefined> {
  const probe = await readOnlineProbe(job);
  return probe && classify(probe, features);
}

/** The final figure on the test split; nothing in a run without an online probe. */
export async function onlineProbeFigures(job: Job, test: Encoded): Promise<Pick<Results, 'onlineProbe'>> {
  const probe = await readOnlineProbe(job);
  if (probe === undefined) return {};
  return {
    onlineProbe: testAccuracy(classify(probe, test.features), test.labels, {
      classes: job.classes,
      feature: 'encoder',
      protocol:
        'online linear probe, trained beside stage 1 on augmented training views behind a stop-gradient; features centred and scaled by running statistics',
    }),
  };
}

async function readOnlineProbe({ configuration, session }: Job): Promise<LinearClassifier | undefined> {
  if (!configuration.evaluation.onlineProbe) return undefined;
  const state = await session.readState(Object.values(ONLINE_PROBE));
  const read = (name: keyof typeof ONLINE_PROBE) => state[ONLINE_PROBE[name]] as Float32Array;
  const [variance] = read('variance');
  return {
    kernel: read('kernel'),
    bias: read('bias'),
    scaling: { mean: read('mean'), factor: 1 / Math.sqrt(Math.max(variance, 1e-12)) },
  };
}
