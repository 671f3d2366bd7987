/** Opens any known kind of image set in the one shape of ImageSet. */
import { HumanError } from '../../domain/errors';
import { generateImageSets } from '../synthetic/imageSets';
import { readCifarFolder } from './cifar';
import { contentHash } from './contentHash';
import { readIdxFolder } from './idxFolder';
import type { Dataset, DatasetKind, ImageSet } from './imageSet';

/** Which set to open. `path` is the folder of an IDX or CIFAR-10 set; `seed` makes the generated set. */
export interface DatasetRequest {
  readonly kind: DatasetKind;
  readonly path?: string | undefined;
  readonly seed: number;
}

/** Reads or generates a set whole into shared memory. Throws HumanError on anything that a person can mend. */
export async function openDataset(request: DatasetRequest): Promise<Dataset> {
  const { train, test } = await readParts(request);
  return { kind: request.kind, train, test, contentHash: contentHash([train, test]) };
}

async function readParts({ kind, path, seed }: DatasetRequest): Promise<{ train: ImageSet; test: ImageSet }> {
  switch (kind) {
    case 'generated':
      return generateImageSets(seed);
    case 'idx':
      return readIdxFolder(requirePath(kind, path));
    case 'cifar-10':
      return readCifarFolder(requirePath(kind, path));
  }
}

function requirePath(kind: DatasetKind, path: string | undefined): string {
  if (path === undefined || path === '') {
    throw new HumanError(
      `A data set of kind ${kind} needs dataset.path: set it to the folder that holds the files.`,
    );
  }
  return path;
}
