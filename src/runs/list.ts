/**
 * What is true about a run, from its folder and the processes that live. The order of belief: the exit record
 * of the current segment, then a living keeper, then a process that goes on alone, else it crashed. A file
 * that only says `running` is never believed.
 */
import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { HumanError, toError } from '../domain/errors';
import { RUN_FILE } from '../domain/run/layout';
import type {
  ExitFile,
  ProcessIdentity,
  RunFile,
  RunSummary,
  StateFile,
  UserFile,
} from '../domain/run/state';
import { runNames } from './folder/findRun';
import { readConfigOutline, readExitFile, readRunFile, readStateFile, readUserFile } from './folder/runFiles';
import { isAlive } from './process/identity';

/** How long a run without run.json may still be on its way. */
const PENDING_MS = 60_000;
const CHECKPOINT_ENDING = '.safetensors';

/** The summary of one run. Throws HumanError if its files are newer than this version, or damaged. */
export async function summariseRun(folder: string): Promise<RunSummary> {
  const [run, config] = await Promise.all([readRunFile(folder), readConfigOutline(folder)]);
  if (run === undefined && config === undefined) {
    throw new HumanError(`There is no run in ${folder}: it was moved or deleted.`);
  }
  const state = await currentState(folder, run);
  const kind = config?.command === undefined ? 'training' : 'command';
  const truth = await establish({ folder, run, state, kind });
  const [user, createdAt] = await Promise.all([readUserFile(folder), run?.createdAt ?? birthOf(folder)]);
  const id = run?.id ?? basename(folder);
  return {
    id,
    name: user?.name ?? (config?.name === undefined || config.name === '' ? id : config.name),
    folder,
    ...truth,
    createdAt,
    heartbeat: state?.heartbeat ?? null,
    progress: progressOf(state, truth),
    headline: state?.headline ?? null,
    engine: state?.engine ?? null,
    stop: truth.state === 'stopping' ? (state?.stop ?? null) : null,
    queuedBehind: truth.state === 'queued' ? (state?.queuedBehind ?? null) : null,
    loss: config?.loss.name ?? 'unknown',
    resumable: kind === 'training' && (await isResumable(folder, truth)),
    kind,
    group: config?.group ?? '',
    seed: config?.seed ?? null,
    ...userFields(user),
  };
}

/** All runs of a runs folder, newest first. A run that cannot be read is listed as `unknown`, with the reason. */
export async function listRuns(runsFolder: string): Promise<RunSummary[]> {
  const names = await runNames(runsFolder);
  const runs = await Promise.all(names.map((name) => summariseOrExplain(join(runsFolder, name))));
  return runs.sort(newestFirst);
}

/** The summary of a run, or one that says why there is none. Never throws. */
export async function summariseOrExplain(folder: string): Promise<RunSummary> {
  return summariseRun(folder).catch(async (error: unknown) =>
    unreadable(folder, error, await birthOf(folder)),
  );
}

/** The order of every list: newest first, then by id. */
export function newestFirst(a: RunSummary, b: RunSummary): number {
  return b.createdAt - a.createdAt || a.id.localeCompare(b.id);
}

/** Whether the state may change without any file changing: no file tells of the death of a process. */
export function mayDie({ state }: Pick<RunSummary, 'state'>): boolean {
  return state !== 'ended' && state !== 'unknown';
}

type Truth = Pick<RunSummary, 'state' | 'endState' | 'pid' | 'signal' | 'reason' | 'endedAt'>;

interface Evidence {
  readonly folder: string;
  readonly run: RunFile | undefined;
  readonly state: StateFile | undefined;
  readonly kind: RunSummary['kind'];
}

async function establish({ folder, run, state, kind }: Evidence): Promise<Truth> {
  const segment = run?.segments.at(-1);
  if (run === undefined || segment === undefined) return notBegun(await birthOf(folder));
  const exit = await exitOf(folder, segment.index);
  if (exit !== undefined) return ended(exit);
  const trainerPid = await livingPid(state?.trainer ?? null);
  if (await isAlive(segment.keeper)) return underKeeper(state, trainerPid);
  // The keeper may have written its last word between the two looks.
  const lastWord = await exitOf(folder, segment.index);
  if (lastWord !== undefined) return ended(lastWord);
  if (trainerPid !== null)
    return kind === 'command' ? unkept(trainerPid) : { ...ALIVE, state: 'stopping', pid: trainerPid };
  return run.host === hostname() ? crashed(state) : elsewhere(run.host);
}

const ALIVE = { endState: null, pid: null, signal: null, reason: null, endedAt: null } as const;

/** A trainer of ours notices that its keeper is gone and ends; a command knows nothing of it. */
function unkept(pid: number): Truth {
  const reason = 'The keeper of this run is gone and the command runs on: its end will not be recorded.';
  return { ...ALIVE, state: 'running', pid, reason };
}

function underKeeper(state: StateFile | undefined, pid: number | null): Truth {
  if (state === undefined) return { ...ALIVE, state: 'starting' };
  // Its trainer is gone, so the keeper is about to write the exit record.
  const trainerGone = state.trainer !== null && pid === null;
  return { ...ALIVE, state: trainerGone || state.state === 'ended' ? 'stopping' : state.state, pid };
}

function ended({ endState, signal, reason, endedAt }: ExitFile): Truth {
  return { state: 'ended', endState, pid: null, signal, reason, endedAt };
}

function crashed(state: StateFile | undefined): Truth {
  const reason =
    'The run vanished without an exit record: it was killed from outside, or the machine went down.';
  return { ...ALIVE, state: 'ended', endState: 'crashed', reason, endedAt: state?.heartbeat ?? null };
}

function elsewhere(host: string): Truth {
  const reason = `The run was started on ${host}; only there can be seen whether it lives.`;
  return { ...ALIVE, state: 'unknown', endState: 'unknown', reason };
}

function notBegun(createdAt: number): Truth {
  if (Date.now() - createdAt < PENDING_MS) return { ...ALIVE, state: 'pending' };
  const reason = 'The run was never started: start it again.';
  return { ...ALIVE, state: 'ended', endState: 'crashed', reason, endedAt: createdAt };
}

function unreadable(folder: string, error: unknown, createdAt: number): RunSummary {
  const id = basename(folder);
  const reason =
    error instanceof HumanError ? error.message : `The run cannot be read: ${toError(error).message}`;
  const nothing = {
    heartbeat: null,
    progress: null,
    headline: null,
    engine: null,
    stop: null,
    queuedBehind: null,
  };
  const unknown = { loss: 'unknown', resumable: false, kind: 'training', group: '', seed: null } as const;
  const rest = { createdAt, ...unknown, ...nothing, ...userFields(undefined) };
  return { id, name: id, folder, ...ALIVE, state: 'unknown', endState: 'unknown', reason, ...rest };
}

/** The last word of a trainer that completed may have been short of its end. */
function progressOf(state: StateFile | undefined, { endState }: Truth): RunSummary['progress'] {
  const progress = state?.progress ?? null;
  return progress !== null && endState === 'completed' ? { ...progress, fraction: 1 } : progress;
}

/** What the user has written about a run. */
export function userFields(
  user: UserFile | undefined,
): Pick<RunSummary, 'starred' | 'tags' | 'notes' | 'archived' | 'acknowledged'> {
  const { star = false, tags = [], notes = '', archived = false, acknowledged } = user ?? {};
  const seen = acknowledged === undefined ? {} : { acknowledged: Object.keys(acknowledged) };
  return { starred: star, tags: [...tags], notes, archived, ...seen };
}

/** state.json, if it belongs to the current segment. */
async function currentState(folder: string, run: RunFile | undefined): Promise<StateFile | undefined> {
  const state = await readStateFile(folder);
  return state?.segment === run?.segments.at(-1)?.index ? state : undefined;
}

/** exit.json, if it belongs to this segment. */
async function exitOf(folder: string, segment: number): Promise<ExitFile | undefined> {
  const exit = await readExitFile(folder);
  return exit?.segment === segment ? exit : undefined;
}

async function livingPid(identity: ProcessIdentity | null): Promise<number | null> {
  return identity !== null && (await isAlive(identity)) ? identity.pid : null;
}

async function isResumable(folder: string, { state, endState }: Truth): Promise<boolean> {
  return state === 'ended' && endState !== 'completed' && (await hasCheckpoint(folder));
}

/** Whether a run folder holds a checkpoint to resume from. */
export async function hasCheckpoint(folder: string): Promise<boolean> {
  const names = await readdir(join(folder, RUN_FILE.checkpoints)).catch(() => []);
  return names.some((name) => name.endsWith(CHECKPOINT_ENDING) && !name.startsWith('.'));
}

async function birthOf(folder: string): Promise<number> {
  const stats = await stat(folder).catch(() => undefined);
  return stats === undefined ? 0 : Math.round(stats.birthtimeMs || stats.mtimeMs);
}
