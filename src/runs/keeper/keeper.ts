/**
 * One run from its place in the queue to its exit record. The keeper does no maths and loads no add-on, so
 * its event loop is always free: it notices a death at once, answers every watcher, and climbs the stop
 * ladder when the trainer does not listen. Everything it needs is in memory before the trainer starts.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { causeChain, toError } from '../../domain/errors';
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { StateFile } from '../../domain/run/state';
import type { KeeperEvent } from '../../protocol/keeper';
import { readCommandRun } from '../command/commandRun';
import type { Endpoint } from '../endpoint';
import { createEndpoint, removeEndpoint } from '../endpoint';
import { identifySelf } from '../process/identity';
import type { EnqueueOptions, Place } from '../queue';
import { enqueue } from '../queue';
import { openRuntimeFolder } from '../runtimeFolder';
import type { Log } from './log';
import type { KeeperOptions } from './options';
import { openSegment, putExitAside, writeExit } from './segment';
import type { KeeperServer, ServerOptions } from './server';
import { listen } from './server';
import { createStateRecord, initialState } from './stateRecord';
import { createStopControl } from './stopControl';
import { runCommand } from './command';
import type { Ended, Keeping } from './supervise';
import { train } from './training';

const STOPPED_WHILE_QUEUED = 'Stopped while it waited in the queue.';

/** Keeps one run until it has ended and everyone has been told. Throws if the run could not even be opened. */
export async function keepRun(options: KeeperOptions, log: Log): Promise<void> {
  const runtimeFolder = await openRuntimeFolder();
  const endpoint = await createEndpoint(runtimeFolder);
  try {
    await keepAt({ runtimeFolder, endpoint, options, log });
  } finally {
    await removeEndpoint(runtimeFolder, endpoint.name);
  }
}

interface Surroundings {
  readonly runtimeFolder: string;
  readonly endpoint: Endpoint;
  readonly options: KeeperOptions;
  readonly log: Log;
}

async function keepAt({ runtimeFolder, endpoint, options, log }: Surroundings): Promise<void> {
  const { folder, version } = options;
  const keeper = await identifySelf();
  const { run, index } = await openSegment({ folder, keeper, socket: endpoint.name, version });
  let server = undefined as KeeperServer | undefined;
  const broadcast = (event: KeeperEvent) => server?.broadcast(event);
  const tell = (state: StateFile) => broadcast({ type: 'state', state });
  const record = createStateRecord({ folder, initial: initialState(index), log, tell });
  const stop = createStopControl(options.deadlines, record);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.request('stop'));
  server = await listenOrLog(
    { endpoint, runId: run.id, state: () => record.current(), onCommand: stop.request },
    log,
  );
  await record.change({});
  await putExitAside(folder).catch((error: unknown) => log.line(causeChain(error)));

  const place = await enqueueOrLog({ runtimeFolder, keeper, run: run.id, endpoint: endpoint.name }, log);
  const ended = await trainInTurn({ options, log, record, broadcast, stop }, place);
  stop.end();
  await place?.leave().catch(() => undefined);
  const nothing = { trainer: null, stop: null, queuedBehind: null };
  await record.finish({ state: 'ended', endState: ended.endState, ...nothing });
  // The exit record is the last file that is written: from then on a new keeper may resume the run.
  const exit = { formatVersion: FORMAT_VERSION, segment: index, endedAt: Date.now(), ...ended };
  await writeExit(folder, exit, log);
  tell(record.current());
  log.line(`The run ended: ${ended.endState}. ${ended.reason ?? ''}`.trim());
  await delay(options.graceMs);
  await server?.close();
}

/** A run without a socket can still be watched through its files, so this failure ends nothing. */
async function listenOrLog(options: ServerOptions, log: Log): Promise<KeeperServer | undefined> {
  try {
    return await listen(options);
  } catch (error) {
    log.line(`The socket cannot be opened: ${toError(error).message}`);
    return undefined;
  }
}

async function enqueueOrLog(options: EnqueueOptions, log: Log): Promise<Place | undefined> {
  try {
    return await enqueue(options);
  } catch (error) {
    log.line(`The queue cannot be used, so the run starts now: ${toError(error).message}`);
    return undefined;
  }
}

async function trainInTurn(keeping: Keeping, place: Place | undefined): Promise<Ended> {
  const { options, record, stop } = keeping;
  if (place !== undefined && options.queue === 'wait') await waitForTurn(keeping, place);
  if (stop.requested())
    return { endState: 'stopped', reason: STOPPED_WHILE_QUEUED, code: null, signal: null };
  await record.change({ state: 'starting', queuedBehind: null });
  if (stop.requested())
    return { endState: 'stopped', reason: STOPPED_WHILE_QUEUED, code: null, signal: null };
  const command = await readCommandRun(options.folder);
  return command === undefined ? train(keeping) : runCommand(keeping, command);
}

async function waitForTurn({ options, record, stop }: Keeping, place: Place): Promise<void> {
  for (let ahead = await place.ahead(); ahead > 0 && !stop.requested(); ahead = await place.ahead()) {
    if (record.current().queuedBehind !== ahead) record.note({ queuedBehind: ahead });
    await delay(options.queuePollMs, undefined, { signal: stop.whileQueued }).catch(() => undefined);
  }
}
