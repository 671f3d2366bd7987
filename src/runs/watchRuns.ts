/** All runs of a folder, as they come, change and go, whoever starts them. */
import { dirname, resolve } from 'node:path';
import { RUN_FILE } from '../domain/run/layout';
import type { RunRecord } from '../domain/run/record';
import type { RunSummary } from '../domain/run/state';
import type { Disposable } from './disposable';
import { nearestFolder } from './folder/nearestFolder';
import { createRunIndex } from './index/runIndex';
import { mayDie } from './list';
import type { FolderChange } from './watch/folderWatcher';
import { lookAgain } from './watch/lookAgain';

const BATCH_MS = 200;
const POLL_MS = 1000;
/** Files of a run whose writing is told; what is written while it lives is seen by the polls. */
const TOLD = new Set<string>([RUN_FILE.run, RUN_FILE.exit, RUN_FILE.user, RUN_FILE.config, RUN_FILE.results]);

/**
 * Calls `onChange` with the records of all runs, newest first: once at the start, then whenever one of them changes.
 * A record that has not changed is the same object as before.
 */
export function watchRecords(
  runsFolder: string,
  onChange: (records: readonly RunRecord[]) => void,
): Disposable {
  const root = resolve(runsFolder);
  const index = createRunIndex(root);
  let told: readonly RunRecord[] | undefined;
  let disposed = false;
  const look = async () => {
    const records = await index.read();
    const isNew = told === undefined || !areSame(told, records);
    told = records;
    if (isNew && !disposed) onChange(records);
    await index.save();
    const folders = records.map(({ summary }) => summary.folder);
    const isBusy = isNew || records.some(({ summary }) => mayDie(summary));
    return { folders: [await nearestFolder(root), ...folders], isBusy };
  };
  const heeds = ({ folder, name }: FolderChange) =>
    name === null || (folder === root ? !name.startsWith('.') : isAboutRun(folder, name));
  const isAboutRun = (folder: string, name: string) => dirname(folder) !== root || TOLD.has(name);
  const looking = lookAgain({ look, gapMs: BATCH_MS, pollMs: POLL_MS, heeds });
  return {
    dispose: () => {
      disposed = true;
      looking.dispose();
    },
  };
}

/** As watchRecords, for whoever needs no more than the summaries. */
export function watchRuns(runsFolder: string, onChange: (runs: RunSummary[]) => void): Disposable {
  return watchRecords(runsFolder, (records) => onChange(records.map(({ summary }) => summary)));
}

function areSame(a: readonly RunRecord[], b: readonly RunRecord[]): boolean {
  return a.length === b.length && a.every((record, i) => record === b[i]);
}
