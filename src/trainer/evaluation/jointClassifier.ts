/**
 * The classifier that a joint loss trains beside its projection, on the same encoder: what it answers to images as
 * they are. The encode program gives the projections of such a run, so its logits are formed here.
 */
import { lossKind } from '../../domain/losses/kinds';
import type { Accuracy, Figure, Results } from '../../domain/run/results';
import type { Job } from '../job';
import type { Encoded } from './encode';
import type { Encodings } from './encodings';
import type { LinearClassifier } from './linearClassifier';
import { classify } from './linearClassifier';
import { accuracyFigure } from './probeFigures';

const KERNEL = 'classifier/kernel';
const BIAS = 'classifier/bias';

/** Its accuracy on validation and test; nothing in a run without one. */
export async function jointClassifierFigures(
  job: Job,
  { validation, test }: Pick<Encodings, 'validation' | 'test'>,
): Promise<Pick<Results, 'jointClassifier' | 'jointClassifierValidation'>> {
  const jointClassifier = await jointClassifierAccuracy(job, test, 'test');
  if (jointClassifier === undefined) return {};
  const onValidation = await jointClassifierAccuracy(job, validation, 'validation');
  return {
    jointClassifier,
    ...(onValidation === undefined ? {} : { jointClassifierValidation: onValidation }),
  };
}

/** Its accuracy on the images of one split; undefined in a run without one. */
export async function jointClassifierAccuracy(
  job: Job,
  { features, labels }: Encoded,
  split: Figure['split'],
): Promise<Accuracy | undefined> {
  const classifier = await readJointClassifier(job);
  return (
    classifier &&
    accuracyFigure(classify(classifier, features), labels, {
      classes: job.classes,
      feature: 'head',
      split,
      protocol: `the classifier that ${job.configuration.loss.name} trained beside the projection, on images as they are`,
    })
  );
}

/** Features enter it as the encoder gives them. */
async function readJointClassifier({ configuration, session }: Job): Promise<LinearClassifier | undefined> {
  if (lossKind(configuration.loss.name).head !== 'projection+classifier') return undefined;
  const state = await session.readState([KERNEL, BIAS]);
  const [kernel, bias] = [state[KERNEL], state[BIAS]] as Float32Array[];
  const scaling = { mean: new Float32Array(kernel.length / bias.length), factor: 1 };
  return { kernel, bias, scaling };
}
