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

/** The runs below a folder, in the order of their names; runs of ours are left out. Never throws. */
export async function findForeign(root: string): Promise<ForeignRun[]> {
  const byFolder = new Map<string, LogFile[]>();
  for (const log of await findLogs(root)) {
    const folder = join(root, ...runFolders(log.folders));
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), log]);
  }
  const found = [...byFolder].slice(0, MOST_FOREIGN_RUNS).map(async ([folder, logs]) => {
    if (await isRunFolder(folder)) return [];
    const below = relative(root, folder).split(sep).join('/');
    return [{ folder, name: below === '' ? basename(root) : below, logs }];
  });
  return (await Promise.all(found)).flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Without the parts of a run at the end. */
function runFolders(folders: readonly string[]): readonly string[] {
  const last = folders.findLastIndex((name) => !isPartOfRun(name));
  return folders.slice(0, last + 1);
}
