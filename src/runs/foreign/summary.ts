/**
 * A run of others as every list shows it. Nobody here has seen it start or end, so its state is what the times of its
 * files say: written to a moment ago, or else last written then, and never how it ended.
 */
import type { RunSummary } from '../../domain/run/state';
import { readUserFile } from '../folder/runFiles';
import { userFields } from '../list';
import type { LogFile } from '../logs/findLogs';
import type { ForeignRun } from './findForeign';
import { sideFolderOf } from './sideFolder';

/** Loggers flush every two minutes by default; a run that is silent for longer may have ended. */
const LIVE_MS = 150_000;
/** When its writer was opened, in seconds, stands in the name of an event file. */
const EVENT_FILE_TIME = /tfevents\.(\d{9,11})\./;

/**
 * The summary of a run of others.
 * @param runsFolder the runs folder of ours that keeps what people say of it
 */
export async function summariseForeign(run: ForeignRun, runsFolder: string): Promise<RunSummary> {
  const user = await readUserFile(await sideFolderOf(run.folder, runsFolder)).catch(() => undefined);
  const lastWritten = Math.round(Math.max(...run.logs.map(({ modifiedAt }) => modifiedAt)));
  const isLive = Date.now() - lastWritten < LIVE_MS;
  return {
    id: run.name,
    name: user?.name ?? run.name,
    folder: run.folder,
    state: isLive ? 'running' : 'ended',
    endState: isLive ? null : 'unknown',
    reason: isLive ? null : 'The run was started elsewhere: nobody here knows how it ended.',
    createdAt: Math.round(Math.min(...run.logs.map(begunAt))),
    endedAt: isLive ? null : lastWritten,
    heartbeat: lastWritten,
    kind: 'foreign',
    ...NOTHING,
    ...userFields(user),
  };
}

const NOTHING = {
  ...{ pid: null, signal: null, progress: null, headline: null, engine: null, stop: null },
  ...{ queuedBehind: null, loss: 'unknown', resumable: false, group: '', seed: null },
} as const;

function begunAt({ path, bornAt }: LogFile): number {
  const seconds = EVENT_FILE_TIME.exec(path)?.[1];
  return seconds === undefined ? bornAt : Math.min(bornAt, Number(seconds) * 1000);
}
