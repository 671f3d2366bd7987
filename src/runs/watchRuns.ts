/**
 * All runs of a folder, as they come, change and go, whoever starts them. The small files of a run are renamed
 * into place, which changes the time of its folder: an ended run whose folder has not changed is not read again.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../domain/run/state';
import type { Disposable } from './disposable';
import { runNames } from './folder/findRun';
import { newestFirst, summariseOrExplain } from './list';
import { createThrottle } from './throttle';
import { watchFolder } from './watch/folderWatcher';

const BATCH_MS = 200;
const POLL_MS = 1000;

/** Calls `onChange` with all runs, newest first: once at the start, then whenever one of them changes. */
export function watchRuns(runsFolder: string, onChange: (runs: RunSummary[]) => void): Disposable {
  const list = createRunLister(runsFolder);
  let told = '';
  let disposed = false;
  const action = async () => {
    const runs = await list();
    const now = JSON.stringify(runs);
    if (now !== told && !disposed) onChange(runs);
    told = now;
  };
  const throttle = createThrottle({ action, gapMs: BATCH_MS, onError: () => POLL_MS });
  const watcher = watchFolder(runsFolder, () => throttle.soon());
  const poll = setInterval(() => {
    watcher.ensure();
    throttle.soon();
  }, POLL_MS);
  throttle.soon();
  return {
    dispose: () => {
      disposed = true;
      clearInterval(poll);
      watcher.dispose();
      void throttle.dispose();
    },
  };
}

/** As listRuns, but quick when called again and again. */
export function createRunLister(runsFolder: string): () => Promise<RunSummary[]> {
  let known = new Map<string, { readonly changedAt: number; readonly run: RunSummary }>();
  return async () => {
    const names = await runNames(runsFolder);
    const entries = await Promise.all(
      names.map(async (name) => {
        const folder = join(runsFolder, name);
        const changedAt = await stat(folder).then(
          ({ mtimeMs }) => mtimeMs,
          () => NaN,
        );
        const before = known.get(name);
        if (before?.changedAt === changedAt && before.run.state === 'ended') return [name, before] as const;
        return [name, { changedAt, run: await summariseOrExplain(folder) }] as const;
      }),
    );
    known = new Map(entries);
    return entries.map(([, { run }]) => run).sort(newestFirst);
  };
}
