/**
 * The one child that a keeper looks after, be it our trainer or a command of the user's own: what the stop ladder
 * may do to it, and how it ended.
 */
import type { ChildProcess } from 'node:child_process';
import { toError } from '../../domain/errors';

/** How a process ended; `spawnError` if it never began. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly spawnError: string | null;
}

/** One method for each rung of the stop ladder. */
export interface RunProcess {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** Resolves once, whatever happens. */
  readonly ended: Promise<ProcessEnd>;
  ask(): void;
  interrupt(): void;
  kill(): void;
}

/** The end of a child that has just been spawned. Never rejects. */
export function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, spawnError: toError(error).message });
    });
    child.once('exit', (code, signal) => resolve({ code, signal, spawnError: null }));
  });
}
