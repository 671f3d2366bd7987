/** Commanding a live run from any window or terminal: through its socket, or else by a signal to its keeper. */
import { setTimeout as delay } from 'node:timers/promises';
import { HumanError } from '../domain/errors';
import type { RunSummary } from '../domain/run/state';
import { readRunFile, readStateFile } from './folder/runFiles';
import { connectToKeeper } from './keeperClient';
import { summariseRun } from './list';
import { isAlive } from './process/identity';
import { killTree, sendSignal } from './process/kill';

const POLL_MS = 200;

/** `stop` climbs the ladder from the polite request; `kill` skips that rung. */
export type StopManner = 'stop' | 'kill';

export interface StopOptions {
  readonly manner?: StopManner;
  /** Told of every change on the way, the ladder's rungs and deadlines among them. */
  readonly onState?: (run: RunSummary) => void;
  /** Gives up waiting, not stopping. */
  readonly signal?: AbortSignal;
}

/** Asks a run to stop and returns at once. Throws HumanError if it does not run, or not here. */
export async function requestStop(folder: string, manner: StopManner = 'stop'): Promise<void> {
  const run = await summariseRun(folder);
  if (run.state === 'ended') throw new HumanError(`The run ${run.id} has ended already.`);
  if (run.state === 'unknown') throw new HumanError(run.reason ?? `The state of run ${run.id} is not known.`);
  if (await commandOverSocket(folder, manner)) return;
  if (await signalKeeper(folder)) return;
  if (run.kind === 'command' && (await signalCommand(folder, manner))) return;
  throw new HumanError(`The run ${run.id} cannot be reached; if it finishes by itself, wait for it.`);
}

/** Asks a run to stop and waits until it has ended; resolves with its last summary. */
export async function stopRun(folder: string, options: StopOptions = {}): Promise<RunSummary> {
  await requestStop(folder, options.manner);
  let told = '';
  for (;;) {
    const run = await summariseRun(folder);
    const now = JSON.stringify([run.state, run.stop]);
    if (now !== told) options.onState?.(run);
    told = now;
    if (run.state === 'ended' || options.signal?.aborted === true) return run;
    await delay(POLL_MS);
  }
}

/** False if there is no socket to talk to. */
async function commandOverSocket(folder: string, manner: StopManner): Promise<boolean> {
  const segment = (await readRunFile(folder))?.segments.at(-1);
  const keeper = segment === undefined ? undefined : await connectToKeeper(segment.socket, {});
  if (keeper === undefined) return false;
  try {
    await keeper.command(manner);
    return true;
  } finally {
    keeper.close();
  }
}

/** The keeper takes SIGTERM for a polite stop; where its socket cannot be found, that still reaches it. */
async function signalKeeper(folder: string): Promise<boolean> {
  const keeper = (await readRunFile(folder))?.segments.at(-1)?.keeper;
  const reachable = keeper !== undefined && process.platform !== 'win32' && (await isAlive(keeper));
  return reachable && sendSignal(keeper.pid, 'SIGTERM');
}

/** A command whose keeper is gone: nobody climbs the ladder for it, but it can be interrupted or killed. */
async function signalCommand(folder: string, manner: StopManner): Promise<boolean> {
  const command = (await readStateFile(folder))?.trainer ?? undefined;
  if (command === undefined || process.platform === 'win32' || !(await isAlive(command))) return false;
  if (manner === 'kill') await killTree(command.pid);
  return sendSignal(-command.pid, manner === 'kill' ? 'SIGKILL' : 'SIGINT') || manner === 'kill';
}
