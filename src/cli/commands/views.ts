/**
 * `supcon views FILE`: a sheet with an image of the training set and the views that it will get, so that somebody
 * sees what a recipe does before a run is started; with `--run` also how alike they are to the encoder of that run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { ColourPicture } from '../../formats/ppm';
import { contactSheet, encodePpm } from '../../formats/ppm';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { viewPicture } from '../../trainer/data/preview';
import { consentOf, requireAgreements, requireRunConsent } from '../consent';
import { previewModules } from '../preview/modules';
import { compareViews } from '../../trainer/preview/compare';
import { cosineTable } from '../preview/cosineTable';
import type { DrawnSample, Preview } from '../../trainer/preview/open';
import { openPreview } from '../../trainer/preview/open';
import type { RunRequest } from '../request';
import { resolveRequest } from '../request';

export interface ViewsOptions extends RunRequest {
  /** Place of the image in the training set, from 0. */
  readonly sample?: string;
  /** How many views: those of the first epoch, then of those that follow. */
  readonly count?: string;
  /** Folder of the sheet. */
  readonly out?: string;
  /** A run whose encoder compares the views. */
  readonly run?: string;
  /** The folder that holds runs. */
  readonly dir?: string;
  /** Agree to the modules of one's own that are loaded. */
  readonly trust?: boolean;
}

const DEFAULT_COUNT = '15';
const LAYOUT = { columns: 8, enlarge: 4, gap: 4 };

/** Writes `views-N.ppm`, the image as it is first, names it, and prints similarities; the exit code. */
export async function views(options: ViewsOptions): Promise<number> {
  const { sample = '0', count = DEFAULT_COUNT, out = '.', run } = options;
  const configuration = await resolveRequest(options);
  const folder =
    run === undefined ? undefined : await findRun(resolveRunsFolder(process.cwd(), options.dir), run);
  await requireAgreements(await previewModules(configuration), consentOf(options));
  if (folder !== undefined) await requireRunConsent(folder, consentOf(options));
  const preview = await openPreview(configuration);
  const place = wholeNumber('--sample', sample, preview.train.count - 1);
  const drawn = preview.draw(place, 0, wholeNumber('--count', count, 1000));
  mkdirSync(out, { recursive: true });
  const path = join(out, `views-${place}.ppm`);
  writeFileSync(path, encodePpm(contactSheet(picturesOf(preview, drawn), LAYOUT)));
  process.stdout.write(`${path}\n`);
  if (folder !== undefined) process.stdout.write(`${await describeSimilarity(folder, preview, drawn)}\n`);
  return EXIT_CODE.completed;
}

/** The image without any change, then its views. */
function picturesOf({ train }: Preview, { image, views: drawn }: DrawnSample): ColourPicture[] {
  const { height, width, channels } = train;
  return [image, ...drawn.map((view) => viewPicture(view, channels))].map((pixels) => ({
    pixels,
    height,
    width,
  }));
}

/** The training maths is loaded only here: a large library. */
async function describeSimilarity(folder: string, { train }: Preview, drawn: DrawnSample): Promise<string> {
  const { openViewEncoder } = await import('../../trainer/preview/viewEncoder');
  const encoder = await openViewEncoder(folder);
  try {
    encoder.requireSize(train);
    const { matrices } = await compareViews(encoder, [drawn]);
    const about = `Cosine similarity of the views to the encoder at step ${encoder.step}, in the order of the sheet:`;
    return `${about}\n${cosineTable(matrices.at(0) ?? [])}`;
  } finally {
    await encoder.dispose();
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new HumanError(`${option} must be a whole number from 0 to ${most}; it is ${text}.`);
}
