/**
 * A preview of the views of a configuration: its training set, opened once, drawn from with the code and the random
 * keys of training. MixUp and CutMix are not shown, since they depend on the rest of a batch.
 */
import { countClasses, warningsOf } from '../../domain/advice/advice';
import { departures, describeDepartures } from '../../domain/configuration/presets/departures';
import type { Configuration } from '../../domain/configuration/schema';
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import { formatCount } from '../../domain/display/format';
import { openDataset } from '../../formats/datasets/dataset';
import type { ImageSet } from '../../formats/datasets/imageSet';
import { imageBytes, requireImages, sampleId } from '../../formats/datasets/imageSet';
import { splitByClass } from '../../formats/datasets/split';
import type { PreviewOpened } from '../../protocol/preview';
import type { PreviewSource } from '../data/preview';
import { drawViews, plainPicture } from '../data/preview';
import type { OwnViews } from '../own/views';
import { ownReader, ownViewsOf } from '../own/inPlace';

/** One sample with the views of one epoch. */
export interface DrawnSample {
  readonly id: string;
  readonly className: string;
  readonly label: number;
  /** Picture [height, width, 3], 0 to 255. */
  readonly image: Uint8Array;
  /** Each [height, width, channels], 0 to 1. */
  readonly views: readonly Float32Array[];
}

export interface Preview {
  readonly opened: Omit<PreviewOpened, 'runs'>;
  readonly train: ImageSet;
  /** The views of a sample of the training set in and after an epoch: the configured number, unless `count` says more. */
  draw(sample: number, epoch: number, count?: number): DrawnSample;
  /** Training samples from a place of a fixed random order on; fewer at its end. */
  samplesAt(first: number, count: number): readonly number[];
}

/**
 * Opens the data of a configuration. What it loads of the user's own must have been agreed to.
 * @throws HumanError if there are no images, or what is wrong with the data
 */
export async function openPreview(configuration: Configuration): Promise<Preview> {
  const { dataset, seed, augmentation } = configuration;
  const whole = await openDataset({ ...dataset, seed, own: await ownReader(configuration) });
  const train = requireImages(whole.train, 'A preview of views');
  const { height, width, channels, labels, classNames } = train;
  const own = await ownViewsOf(configuration, { height, width, channels });
  const { train: indices } = splitByClass(train, { validationFraction: dataset.validationFraction, seed });
  const order = permutation(indices.length, seed, PURPOSE.sample).map((place) => indices[place]);
  return {
    train,
    opened: { ...describe(configuration, train, indices), contentHash: whole.contentHash },
    samplesAt: (first, count) => [...order.subarray(first, first + count)],
    draw: (sample, epoch, count = augmentation.views) => {
      const source = sourceOf(train, { sample, epoch, own });
      return {
        id: sampleId(train, sample),
        label: labels[sample],
        className: classNames[labels[sample]],
        image: plainPicture(source.image, source.size),
        views: drawViews(source, configuration, count),
      };
    },
  };
}

function sourceOf(
  train: ImageSet,
  {
    sample,
    epoch,
    own,
  }: { readonly sample: number; readonly epoch: number; readonly own?: OwnViews | undefined },
): PreviewSource {
  const { height, width, channels } = train;
  const image = { values: train.images, offset: sample * imageBytes(train) };
  return { image, size: { height, width, channels }, sample, epoch, own };
}

function describe(
  configuration: Configuration,
  { height, width, channels, labels, labelWeights, classNames }: ImageSet,
  indices: Int32Array,
): Omit<PreviewOpened, 'runs'> {
  const counts = countClasses({ labels, classes: classNames.length }, indices);
  const departed = describeDepartures(configuration, departures(configuration));
  const colours = channels === 1 ? 'grey' : 'colour';
  return {
    name: configuration.name,
    data: `${formatCount(indices.length)} training images, ${height} x ${width}, ${colours}, ${classNames.length} classes`,
    height,
    width,
    count: indices.length,
    views: configuration.augmentation.views,
    epochs: configuration.stage1.epochs,
    notes: [...(departed === undefined ? [] : [departed]), ...unshown(configuration)],
    // What a batch can contain is told from one label a sample alone.
    warnings: warningsOf(configuration, labelWeights === undefined ? counts : []).map(
      ({ cause, remedy }) => ({ cause, remedy }),
    ),
  };
}

/** What training does to views that a preview of single samples cannot show. */
function unshown({ augmentation: { mix }, stage1 }: Configuration): string[] {
  const mixed = `Views are shown before ${mix === 'cutmix' ? 'CutMix' : 'MixUp'}, which mixes them with others of their batch.`;
  const drawn =
    'With class-balanced batches a sample may come more than once an epoch: each number is one draw, not one epoch.';
  return [...(mix === 'none' ? [] : [mixed]), ...(stage1.sampler === 'shuffled' ? [] : [drawn])];
}
