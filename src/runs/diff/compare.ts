/** A diff of what lies on the disk: run folders, or configuration files. */
import { basename, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { compareRuns } from '../../domain/diff/compareRuns';
import { resolveConfiguration } from '../../domain/diff/configuration';
import type { RunFacts } from '../../domain/diff/facts';
import type { RunDiff } from '../../domain/diff/runDiff';
import { HumanError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { parseConfigurationText } from '../configurationText';
import { fileError } from '../folder/fileError';
import { readCommitted } from './committed';
import { gatherFacts } from './gather';
import { withReplicates } from './replicates';

/**
 * Compares runs, the first folder being the baseline.
 * @param summaryOf the summary of a run that the caller knows; needed of runs of others alone
 * @throws HumanError for fewer than two runs, and for the same run twice
 */
export async function compareRunFolders(
  folders: readonly string[],
  summaryOf: (folder: string) => RunSummary | undefined = () => undefined,
): Promise<RunDiff> {
  requireSeveral(folders, 'run');
  const gathered = folders.map((folder) => gatherFacts(folder, summaryOf(folder)));
  const facts = await withReplicates(await Promise.all(gathered));
  const codes = facts.map(({ code }) => code);
  return compareRuns(facts, await readCommitted({ folder: folders[0] ?? '', codes }));
}

/**
 * Compares configuration files, defaults filled in; the first is the baseline.
 * @throws HumanError for a file that cannot be read, and for fewer than two files
 */
export async function compareConfigurationFiles(paths: readonly string[]): Promise<RunDiff> {
  const whole = paths.map((path) => resolve(path));
  requireSeveral(whole, 'configuration');
  return compareRuns(await Promise.all(whole.map(factsOfFile)));
}

function requireSeveral(keys: readonly string[], what: string): void {
  if (keys.length < 2) throw new HumanError(`A comparison needs two: name another ${what}.`);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new HumanError(`${basename(twice)} is named twice: name another ${what}.`);
}

async function factsOfFile(path: string): Promise<RunFacts> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw fileError(`Cannot read ${path}`, thrown);
  });
  const name = basename(path);
  return {
    ...NO_FACTS,
    key: path,
    name,
    id: name,
    configuration: resolveConfiguration(parseConfigurationText(text, path), name),
  };
}

const NO_FACTS: Omit<RunFacts, 'key' | 'name' | 'id' | 'configuration'> = {
  summary: null,
  startedAt: null,
  segments: 0,
  dataset: null,
  environment: null,
  code: null,
  results: null,
  tags: [],
  predictions: null,
  replicates: [],
  problems: {},
};
