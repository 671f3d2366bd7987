/** What a model takes and tells apart: with it, weights can be used where the data set is not at hand. */
import type { ImageShape } from '../../domain/model/layers';
import type { SampleSet } from '../../formats/datasets/imageSet';
import type { ChannelStatistics } from '../../formats/datasets/split';

export interface ModelInput extends ImageShape {
  /** By which pixels, 0 to 1, are normalised: (pixel - mean) / deviation. */
  readonly statistics: ChannelStatistics;
  readonly classes: number;
}

/** The input of a model that is trained on a set. */
export function modelInput(set: SampleSet, statistics: ChannelStatistics): ModelInput {
  const { height, width, channels, classNames } = set;
  return { height, width, channels, statistics, classes: classNames.length };
}
