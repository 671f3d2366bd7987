/**
 * Pictures of samples of a run, out of the data set that its configuration names. A module of the user's own is never
 * loaded for them, and a set that is not the one of the run shows nothing: its samples would be others.
 */
import { join } from 'node:path';
import { parseConfiguration } from '../domain/configuration/parse';
import { isModulePath } from '../domain/configuration/modulePath';
import { HumanError } from '../domain/errors';
import { RUN_FILE } from '../domain/run/layout';
import { openDataset } from '../formats/datasets/dataset';
import type { Thumbnails } from '../formats/datasets/thumbnails';
import { thumbnails } from '../formats/datasets/thumbnails';
import { datasetFileSchema } from '../protocol/recorded';
import { readSmallFile, readTextIfThere } from '../runs/folder/runFiles';
import { parseJsonLine } from '../runs/lines';

/** Largest side of a picture, in pixels. */
const MOST_SIDE = 64;

/**
 * The pictures of samples such as `test/12`, in their order.
 * @throws HumanError that says why there are none
 */
export async function samplePictures(folder: string, ids: readonly string[]): Promise<Thumbnails> {
  const path = join(folder, RUN_FILE.config);
  const text = await readTextIfThere(path);
  const { dataset, seed } = parseConfiguration(parseJsonLine(text ?? ''), path);
  if (isModulePath(dataset.kind))
    throw new HumanError(
      'There are no pictures: the data set is read by a module of your own, which only runs load.',
    );
  const recorded = await readSmallFile(join(folder, RUN_FILE.dataset), datasetFileSchema);
  if (recorded?.samples === 'features')
    throw new HumanError('There are no pictures: the samples of this run are features.');
  const opened = await openDataset({ ...dataset, kind: dataset.kind, seed });
  if (recorded !== undefined && recorded.contentHash !== opened.contentHash)
    throw new HumanError('There are no pictures: the data set has changed since the run.');
  return thumbnails(opened, ids, MOST_SIDE);
}
