/** What config.json tells of a run's embeddings: the run's name, and whether there are pictures of the rows. */
import { join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { isObject } from '../../domain/configuration/json';
import { hasCommand, parseConfiguration } from '../../domain/configuration/parse';
import type { Configuration } from '../../domain/configuration/schema';
import { RUN_FILE } from '../../domain/run/layout';
import { readJsonIfPresent } from '../files';
import { noPicturesReason, openRunPictures, type RunRows } from './pictures/runPictures';
import type { EmbeddingSource } from './source';

export interface RunOrigin extends Pick<EmbeddingSource, 'notes' | 'openPictures'> {
  /** Undefined where the run has none. */
  readonly name?: string;
}

/** Reads it; `rows` are those that pictures are of. A configuration that is not there or damaged costs the pictures, with a note, and nothing else. */
export async function runOrigin(folder: string, rows: Omit<RunRows, 'configuration'>): Promise<RunOrigin> {
  try {
    const configuration = await readConfiguration(join(folder, RUN_FILE.config));
    if (configuration === undefined) return { notes: [] };
    const named = configuration.name === '' ? {} : { name: configuration.name };
    const reason = noPicturesReason(configuration);
    if (reason !== undefined) return { ...named, notes: [reason] };
    if (await isTrainedOnFeatures(folder)) return { ...named, notes: [] };
    return { ...named, notes: [], openPictures: () => openRunPictures({ ...rows, configuration }) };
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    return { notes: [`There are no pictures: ${thrown.message}`] };
  }
}

async function readConfiguration(path: string): Promise<Configuration | undefined> {
  const value = await readJsonIfPresent(path);
  return value === undefined || hasCommand(value) ? undefined : parseConfiguration(value, path);
}

/** Runs of earlier versions do not tell; their data set will. */
async function isTrainedOnFeatures(folder: string): Promise<boolean> {
  const facts = await readJsonIfPresent(join(folder, RUN_FILE.dataset));
  return isObject(facts) && facts['samples'] === 'features';
}
