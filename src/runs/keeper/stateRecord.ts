/**
 * The run's state: held in memory, written to state.json, told to every watcher. A change of state goes out
 * at once; progress is gathered. The disk may fail without the run noticing.
 */
import { join } from 'node:path';
import { toError } from '../../domain/errors';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { StateFile } from '../../domain/run/state';
import { writeFileAtomically } from '../../formats/files';
import { createThrottle } from '../throttle';
import type { Log } from './log';

const WRITE_GAP_MS = 500;
const TELL_GAP_MS = 100;
const RETRY_MS = 2000;
/** A sign of life for readers on other hosts, while nothing else changes. */
const HEARTBEAT_MS = 10_000;

export interface StateRecordOptions {
  readonly folder: string;
  readonly initial: StateFile;
  readonly log: Log;
  readonly tell: (state: StateFile) => void;
}

export interface StateRecord {
  current(): StateFile;
  /** A new state: told at once; resolves when the disk has been tried. */
  change(part: Partial<StateFile>): Promise<void>;
  /** Progress: told and written soon. */
  note(part: Partial<StateFile>): void;
  /** The last state: tried once on disk, then neither written nor told any more. */
  finish(part: Partial<StateFile>): Promise<void>;
}

/** The state of a segment that has just begun. */
export function initialState(segment: number): StateFile {
  return {
    formatVersion: FORMAT_VERSION,
    state: 'queued',
    endState: null,
    segment,
    trainer: null,
    heartbeat: Date.now(),
    progress: null,
    headline: null,
    engine: null,
    stop: null,
    queuedBehind: null,
  };
}

/** A record that starts with `initial`; nothing is written before the first change. */
export function createStateRecord({ folder, initial, log, tell }: StateRecordOptions): StateRecord {
  let state = initial;
  const apply = (part: Partial<StateFile>) => (state = { ...state, ...part, heartbeat: Date.now() });
  const onError = (error: unknown) => {
    log.once('state', `state.json cannot be written: ${toError(error).message}`);
    return RETRY_MS;
  };
  const path = join(folder, RUN_FILE.state);
  const file = createThrottle({
    action: () => writeFileAtomically(path, `${JSON.stringify(state)}\n`),
    gapMs: WRITE_GAP_MS,
    onError,
  });
  const wire = createThrottle({ action: () => tell(state), gapMs: TELL_GAP_MS, onError: () => null });
  const heartbeat = setInterval(() => {
    apply({});
    file.soon();
  }, HEARTBEAT_MS);

  return {
    current: () => state,
    change: async (part) => {
      apply(part);
      await Promise.all([wire.now(), file.now()]);
    },
    note: (part) => {
      apply(part);
      wire.soon();
      file.soon();
    },
    finish: async (part) => {
      clearInterval(heartbeat);
      apply(part);
      await file.now();
      await Promise.all([wire.dispose(), file.dispose()]);
    },
  };
}
