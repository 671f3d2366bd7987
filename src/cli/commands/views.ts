/**
 * `supcon views FILE`: a sheet with an image of the training set and the views that it will get, so that somebody
 * sees what a recipe does before a run is started. Views come from the code and the random keys of training.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { Configuration } from '../../domain/configuration/schema';
import { openDataset } from '../../formats/datasets/dataset';
import { imageBytes, requireImages, type ImageSet } from '../../formats/datasets/imageSet';
import { contactSheet, encodePpm, type ColourPicture } from '../../formats/ppm';
import { plainPicture, previewViews } from '../../trainer/data/preview';
import { resolveRequest, type RunRequest } from '../request';

export interface ViewsOptions extends RunRequest {
  /** Place of the image in the training set, from 0. */
  readonly sample?: string;
  /** How many views: those of the first epoch, then of those that follow. */
  readonly count?: string;
  /** Folder of the sheet. */
  readonly out?: string;
}

const DEFAULT_COUNT = '15';
const LAYOUT = { columns: 8, enlarge: 4, gap: 4 };

/** Writes `views-N.ppm`, the image as it is first, and names it; the exit code. */
export async function views({ sample = '0', count = DEFAULT_COUNT, out = '.', ...request }: ViewsOptions) {
  const configuration = await resolveRequest(request);
  const { seed, dataset } = configuration;
  const { train } = await openDataset({ ...dataset, seed });
  const place = wholeNumber('--sample', sample, train.count - 1);
  const pictures = picturesOf(requireImages(train, 'A sheet of views'), place, {
    configuration,
    count: wholeNumber('--count', count, 1000),
  });
  mkdirSync(out, { recursive: true });
  const path = join(out, `views-${place}.ppm`);
  writeFileSync(path, encodePpm(contactSheet(pictures, LAYOUT)));
  process.stdout.write(`${path}\n`);
  return EXIT_CODE.completed;
}

/** The image without any change, then its views. */
function picturesOf(
  train: ImageSet,
  sample: number,
  { configuration, count }: { readonly configuration: Configuration; readonly count: number },
): ColourPicture[] {
  const { height, width, channels } = train;
  const size = { height, width, channels };
  const image = { values: train.images, offset: sample * imageBytes(train) };
  const views = previewViews({ image, size, sample, epoch: 0 }, configuration, count);
  return [plainPicture(image, size), ...views].map((pixels) => ({ pixels, height, width }));
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new HumanError(`${option} must be a whole number from 0 to ${most}; it is ${text}.`);
}
