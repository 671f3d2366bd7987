/** The time from a process's start to its end, which is the same for a trainer and for a command. */
import type { ExitFile } from '../../domain/run/state';
import type { KeeperEvent } from '../../protocol/keeper';
import { identifyProcess } from '../process/identity';
import type { Log } from './log';
import type { KeeperOptions } from './options';
import { countMemoryKills } from './outOfMemory';
import type { Circumstances } from './outcome';
import type { ProcessEnd, RunProcess } from './runProcess';
import type { StateRecord } from './stateRecord';
import type { StopControl } from './stopControl';

/** What the parts of one keeper share. */
export interface Keeping {
  readonly options: KeeperOptions;
  readonly log: Log;
  readonly record: StateRecord;
  readonly broadcast: (event: KeeperEvent) => void;
  readonly stop: StopControl;
}

/** How a segment ended, before anyone has written it down. */
export type Ended = Omit<ExitFile, 'formatVersion' | 'segment' | 'endedAt'>;

export interface Supervised {
  readonly end: ProcessEnd;
  readonly circumstances: Circumstances;
}

/**
 * Starts a process, puts it on the stop ladder and in the state file, and waits for its end. Never throws.
 * @param onIdentified what the state says of it as soon as it is known to live
 */
export async function supervise(
  { record, stop }: Keeping,
  start: () => RunProcess,
  onIdentified: { readonly state?: 'running' } = {},
): Promise<Supervised> {
  const killsBefore = await countMemoryKills();
  const running = start();
  stop.attach(running);
  const identity = running.pid === undefined ? undefined : await identifyProcess(running.pid);
  const isStopping = record.current().stop !== null;
  await record.change({
    trainer: identity ?? null,
    ...(identity !== undefined && !isStopping && onIdentified),
  });
  const end = await running.ended;
  const outOfMemory = killsBefore !== undefined && ((await countMemoryKills()) ?? 0) > killsBefore;
  return { end, circumstances: { rung: stop.rung(), outOfMemory } };
}
