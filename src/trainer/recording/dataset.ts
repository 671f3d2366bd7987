/** What dataset.json says of the samples that a run has read. */
import type { DatasetFile } from '../../domain/run/dataset';
import { FORMAT_VERSION } from '../../domain/run/layout';
import { holdsFeatures } from '../../formats/datasets/imageSet';
import type { Job } from '../job';

/** The content of dataset.json. */
export function describeDataset({ dataset, split }: Pick<Job, 'dataset' | 'split'>): DatasetFile {
  const { train, test, kind, contentHash, damaged } = dataset;
  return {
    formatVersion: FORMAT_VERSION,
    kind,
    samples: holdsFeatures(train) ? 'features' : 'images',
    height: train.height,
    width: train.width,
    channels: train.channels,
    classNames: train.classNames,
    counts: { train: split.train.length, validation: split.validation.length, test: test.count },
    contentHash,
    damaged: damaged?.count ?? 0,
  };
}
