/**
 * Pictures of a run's rows, from the data set that its configuration names. The data must be what the run saw: places
 * in a set that has changed would show other samples.
 */
import { isModulePath } from '../../../domain/configuration/modulePath';
import type { Configuration } from '../../../domain/configuration/schema';
import { HumanError } from '../../../domain/errors';
import { openDataset } from '../../datasets/dataset';
import { findSample, imageBytes, requireImages } from '../../datasets/imageSet';
import { sampleFiles } from '../../datasets/sampleFiles';
import type { EmbeddingSource, Pictures } from '../source';
import { pagedPictures } from './pages';

/** Which pictures are wanted. */
export interface RunRows extends Required<Pick<EmbeddingSource, 'ids' | 'datasetHash'>> {
  readonly configuration: Configuration;
}

/** Why a run has no pictures, in a sentence; undefined where it may have some. */
export function noPicturesReason({ dataset }: Configuration): string | undefined {
  return isModulePath(dataset.kind)
    ? `There are no pictures: ${dataset.kind} is a module of your own, which only a run loads.`
    : undefined;
}

/** Reads the data set. Rejects with a HumanError if it is not there, has changed, or holds features. */
export async function openRunPictures({ configuration, ids, datasetHash }: RunRows): Promise<Pictures> {
  const request = { ...configuration.dataset, seed: configuration.seed };
  const dataset = await openDataset(request);
  if (dataset.contentHash !== datasetHash) {
    throw new HumanError(
      `${request.path || 'The generated data set'} is not the data that the run saw: put the former files back to see pictures.`,
    );
  }
  const sets = {
    train: requireImages(dataset.train, 'A picture'),
    test: requireImages(dataset.test, 'A picture'),
  };
  const places = ids.map((id) => findSample(id, sets));
  const files = await sampleFiles(request, dataset);
  const { height, width, channels } = sets.train;
  return pagedPictures({
    count: ids.length,
    height,
    width,
    channels: channels === 1 ? 1 : 3,
    picture: (row) => pixelsAt(places[row]),
    file: (row) => {
      const place = places[row];
      return place && files?.[place.set.part][place.index];
    },
  });
}

type Place = NonNullable<ReturnType<typeof findSample>>;

function pixelsAt(place: Place | undefined): Uint8Array | undefined {
  if (place === undefined) return undefined;
  const size = imageBytes(place.set);
  return place.set.images.subarray(place.index * size, (place.index + 1) * size);
}
