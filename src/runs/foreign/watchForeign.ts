/** Runs of others below a folder, as they come and grow. A large tree is looked through less often than a small one. */
import { relative, sep } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { HumanError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import type { Disposable } from '../disposable';
import { nearestFolder } from '../folder/nearestFolder';
import { newestFirst } from '../list';
import type { RunHandlers, RunWatch } from '../watch';
import { watchRun } from '../watch';
import { lookAgain } from '../watch/lookAgain';
import { findForeign, searchForeign } from './findForeign';
import { summariseForeign } from './summary';

const POLL_MS = 2000;
const BATCH_MS = 500;
/** At most this share of the time goes into searching. */
const BUSY_SHARE = 0.05;

export interface ForeignPlace {
  /** The folder that is searched. */
  readonly root: string;
  /** The runs folder of ours that keeps what people say of the runs. */
  readonly runsFolder: string;
}

/** All runs below a folder, newest first. Never throws. */
export async function listForeign(place: ForeignPlace): Promise<RunSummary[]> {
  return (await search(place)).runs;
}

/** Calls `onRuns` with all runs, newest first: once at the start, then whenever one of them changes. */
export function watchForeign(place: ForeignPlace, onRuns: (runs: RunSummary[]) => void): Disposable {
  let told: string | undefined;
  const end = new AbortController();
  let restUntil = 0;
  const look = async () => {
    await rest(Math.max(0, restUntil - performance.now()), undefined, end);
    const startedAt = performance.now();
    const { runs, searched } = await search(place);
    restUntil = performance.now() + (performance.now() - startedAt) / BUSY_SHARE;
    const now = JSON.stringify(runs);
    const isBusy = now !== told;
    if (isBusy && !end.signal.aborted) onRuns(runs);
    told = now;
    return { folders: searched.length > 0 ? searched : [await nearestFolder(place.root)], isBusy };
  };
  const looking = lookAgain({ look, gapMs: BATCH_MS, pollMs: POLL_MS });
  return {
    dispose: () => {
      looking.dispose();
      end.abort();
    },
  };
}

async function search({ root, runsFolder }: ForeignPlace) {
  const { runs, searched } = await searchForeign(root);
  const summaries = await Promise.all(runs.map((run) => summariseForeign(run, runsFolder)));
  return { runs: summaries.sort(newestFirst), searched };
}

/** Watches one run of others until disposed; see watchRun. Its folder may vanish, which is told as a problem. */
export function watchForeignRun(folder: string, place: ForeignPlace, handlers: RunHandlers): RunWatch {
  const summarise = async () => {
    // Searched for from the folder itself, which is quick; named as the whole search names it.
    const run = (await findForeign(folder)).find((each) => each.folder === folder);
    if (run === undefined)
      throw new HumanError(`There are no logs in ${folder} any more: it was moved or deleted.`);
    const name = relative(place.root, folder).split(sep).join('/');
    return summariseForeign({ ...run, name: name === '' ? run.name : name }, place.runsFolder);
  };
  return watchRun(folder, handlers, summarise);
}
