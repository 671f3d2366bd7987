/** One run read from its folder as a record: summary, settings and figures. */
import { join } from 'node:path';
import { isObject } from '../../domain/configuration/override';
import { RUN_FILE } from '../../domain/run/layout';
import type { Figures, RunRecord, Settings } from '../../domain/run/record';
import { figuresOf, flattenSettings } from '../../domain/run/record';
import type { Results } from '../../domain/run/results';
import { readTextIfThere } from '../folder/runFiles';
import { parseJsonLine } from '../lines';
import { summariseOrExplain } from '../list';

/** The record of a run. Never throws: what cannot be read is missing, and the summary says why. */
export async function readRecord(folder: string): Promise<RunRecord> {
  const [summary, settings, figures] = await Promise.all([
    summariseOrExplain(folder),
    readSettings(folder),
    readFigures(folder),
  ]);
  return { summary, settings, figures };
}

/** The settings of a run; empty where it has none that can be read. Never throws. */
export async function readSettings(folder: string): Promise<Settings> {
  const value = await readObject(join(folder, RUN_FILE.config));
  return value === undefined ? {} : flattenSettings(value);
}

async function readFigures(folder: string): Promise<Figures> {
  const value = await readObject(join(folder, RUN_FILE.results));
  return value === undefined ? {} : figuresOf(withObjectsOnly(value));
}

/** An object from a file of JSON, undefined if there is none. */
async function readObject(path: string): Promise<Record<string, unknown> | undefined> {
  const value = parseJsonLine((await readTextIfThere(path).catch(() => undefined)) ?? '');
  return isObject(value) ? value : undefined;
}

/** Results whose figures can be asked for: whatever is no object is left out, and figuresOf takes numbers alone. */
function withObjectsOnly(value: Record<string, unknown>): Results {
  const entries = Object.entries(value).filter(([, figure]) => isObject(figure));
  return { ...Object.fromEntries(entries), formatVersion: 1 };
}
