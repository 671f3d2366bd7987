/**
 * The encoder of a run on images that it may not have been trained on: a job of its own with a new classifier, for a
 * linear probe on frozen features or for fine-tuning of all weights.
 */
import type { Configuration } from '../../domain/configuration/schema';
import { HumanError } from '../../domain/errors';
import type { DatasetKind } from '../../formats/datasets/imageSet';
import { openDataset } from '../../formats/datasets/dataset';
import { splitByClass } from '../../formats/datasets/split';
import type { Job } from '../job';
import { loadSession } from '../job';
import { INITIAL_LOOP } from '../loop/state';
import { createModel } from '../model/model';
import type { Images } from './encodings';

/** Where the images of another data set lie. */
export interface DatasetPlace {
  readonly kind: DatasetKind;
  readonly path: string;
}

/**
 * Reads another data set and splits it as the run's own was. Its pixels are normalised as those that the encoder knows.
 * @throws HumanError if its images have other channels than the encoder reads
 */
export async function openImages(
  { configuration, dataset, statistics }: Job,
  place: DatasetPlace,
): Promise<Images> {
  const { seed } = configuration;
  const other = await openDataset({ ...place, seed });
  const { channels } = dataset.train;
  if (other.train.channels !== channels) {
    throw new HumanError(
      `The images in ${place.path} have ${other.train.channels} channels and the encoder of this run reads ${channels}: choose a data set with as many.`,
    );
  }
  const { validationFraction } = configuration.dataset;
  return { dataset: other, split: splitByClass(other.train, { validationFraction, seed }), statistics };
}

/**
 * The job of fine-tuning: the run's encoder as it is now, a new linear classifier on it, cross-entropy on one augmented
 * view. Nothing is written to the run. Dispose of its session.
 */
export async function finetuneJob(job: Job, images: Images): Promise<Job> {
  const { train } = images.dataset;
  const classes = train.classNames.length;
  const configuration = finetuneConfiguration(job.configuration, images.split.train.length);
  const model = createModel(configuration, train, classes, job.own);
  const session = await loadSession(job.engine, configuration, model, images.dataset);
  const names = job.model.encoder.parameters.map(({ name }) => name);
  await session.writeState(await job.session.readState(names));
  const { batchSize, epochs } = configuration.stage1;
  const stepsPerEpoch = Math.floor(images.split.train.length / batchSize);
  return {
    ...job,
    ...images,
    configuration,
    classes,
    model,
    session,
    start: INITIAL_LOOP,
    stepsPerEpoch,
    totalSteps: stepsPerEpoch * epochs,
  };
}

function finetuneConfiguration(configuration: Configuration, samples: number): Configuration {
  const { loss, augmentation, stage1, evaluation } = configuration;
  return {
    ...configuration,
    loss: { ...loss, name: 'cross-entropy' },
    augmentation: { ...augmentation, views: 1 },
    stage1: {
      ...stage1,
      batchSize: Math.min(stage1.batchSize, samples),
      epochs: evaluation.finetuneEpochs,
      learningRate: evaluation.finetuneRate,
      warmupEpochs: 0,
    },
    evaluation: { ...evaluation, onlineProbe: false },
  };
}
