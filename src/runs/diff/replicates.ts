/**
 * Seed groups: runs that differ in the seed alone. They are looked for among the compared runs, and beside each of
 * them where it belongs to a named group.
 */
import { dirname, join } from 'node:path';
import { resolveConfiguration, settingOf } from '../../domain/diff/configuration';
import type { ConfigurationFacts, Replicate, RunFacts } from '../../domain/diff/facts';
import { RUN_FILE } from '../../domain/run/layout';
import * as v from 'valibot';
import { resultsSchema } from '../../protocol/recorded';
import { runNames } from '../folder/findRun';
import { readConfigOutline, readSmallFile } from '../folder/runFiles';
import { readTags } from './tags';

/** The facts with the seed group of each run. Never throws: a run of the group that cannot be read is left out. */
export async function withReplicates(facts: readonly RunFacts[]): Promise<RunFacts[]> {
  return Promise.all(facts.map(async (own) => ({ ...own, replicates: await groupOf(own, facts) })));
}

async function groupOf(own: RunFacts, facts: readonly RunFacts[]): Promise<Replicate[]> {
  const { configuration, results, key, summary } = own;
  if (configuration === null || results === null) return [];
  const setting = settingOf(configuration);
  const compared = facts.filter(
    (each) => each.configuration !== null && settingOf(each.configuration) === setting,
  );
  const listed = compared.flatMap(replicateOf);
  const known = new Set(facts.map((each) => each.key));
  const group = summary?.group ?? '';
  const beside = group === '' ? [] : await runsBeside(key, { group, setting, known });
  return [...listed, ...beside];
}

function replicateOf({ key, summary, results, tags }: RunFacts): Replicate[] {
  return results === null ? [] : [{ key, seed: summary?.seed ?? null, results, tags }];
}

interface Wanted {
  readonly group: string;
  readonly setting: string;
  /** Folders that need not be read again. */
  readonly known: ReadonlySet<string>;
}

async function runsBeside(folder: string, { group, setting, known }: Wanted): Promise<Replicate[]> {
  const runsFolder = dirname(folder);
  const folders = (await runNames(runsFolder)).map((name) => join(runsFolder, name));
  const found = await Promise.all(
    folders
      .filter((each) => !known.has(each))
      .map((each) => readReplicate(each, { group, setting }).catch(() => undefined)),
  );
  return found.filter((each) => each !== undefined);
}

async function readReplicate(
  folder: string,
  { group, setting }: Pick<Wanted, 'group' | 'setting'>,
): Promise<Replicate | undefined> {
  const outline = await readConfigOutline(folder);
  if (outline?.group !== group) return undefined;
  const configuration = await readConfiguration(folder);
  if (configuration === undefined || settingOf(configuration) !== setting) return undefined;
  const results = await readSmallFile(join(folder, RUN_FILE.results), resultsSchema);
  if (results === undefined) return undefined;
  return { key: folder, seed: outline.seed, results, tags: (await readTags(folder)).tags };
}

async function readConfiguration(folder: string): Promise<ConfigurationFacts | undefined> {
  const json = await readSmallFile(
    join(folder, RUN_FILE.config),
    v.looseObject({ formatVersion: v.number() }),
  );
  return json && resolveConfiguration(json, RUN_FILE.config);
}
