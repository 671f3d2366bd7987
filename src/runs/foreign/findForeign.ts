/**
 * Runs that others have left below a folder: every folder with logs is one, as TensorBoard has it, but for the parts of
 * a run (`train`, `validation`, the folders of torch's add_hparams), which belong to the folder around them. Nothing is
 * ever written there.
 */
import { basename, join, relative, sep } from 'node:path';
import { isPartOfRun } from '../../domain/run/logTags';
import { isRunFolder } from '../folder/findRun';
import type { LogFile } from '../logs/findLogs';
import { findLogs } from '../logs/findLogs';

/** A run of others; it has one log at least. */
export interface ForeignRun {
  /** Absolute path. */
  readonly folder: string;
  /** Its path below the folder that was searched, with forward slashes. */
  readonly name: string;
  readonly logs: readonly LogFile[];
}

/** The most runs that a folder is searched for. */
export const MOST_FOREIGN_RUNS = 5000;

/** What is below a folder. */
export interface FoundForeign {
  /** In the order of their names; runs of ours are left out. */
  readonly runs: readonly ForeignRun[];
  /** Folders in which more may appear. */
  readonly searched: readonly string[];
}

/** The runs below a folder, in the order of their names. Never throws. */
export async function findForeign(root: string): Promise<readonly ForeignRun[]> {
  return (await searchForeign(root)).runs;
}

/** As findForeign, for whoever looks again. */
export async function searchForeign(root: string): Promise<FoundForeign> {
  const byFolder = new Map<string, LogFile[]>();
  const { logs, searched } = await findLogs(root);
  for (const log of logs) {
    const folder = join(root, ...runFolders(log.folders));
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), log]);
  }
  const found = [...byFolder].slice(0, MOST_FOREIGN_RUNS).map(async ([folder, own]) => {
    if (await isRunFolder(folder)) return [];
    const below = relative(root, folder).split(sep).join('/');
    return [{ folder, name: below === '' ? basename(root) : below, logs: own }];
  });
  const runs = (await Promise.all(found)).flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  return { runs, searched };
}

/** Without the parts of a run at the end. */
function runFolders(folders: readonly string[]): readonly string[] {
  const last = folders.findLastIndex((name) => !isPartOfRun(name));
  return folders.slice(0, last + 1);
}
