/**
 * The trainer's end of the wire to its keeper. Without a keeper (a test, a debugger) messages go nowhere.
 * A stop message, an interrupt, or the death of the keeper all abort one signal; the loop writes a
 * checkpoint and ends.
 */
import type { TrainerMessage } from '../protocol/trainer';
import { parseKeeperMessage } from '../protocol/trainer';

export interface Port {
  send(message: TrainerMessage): void;
  /** Aborted when the run should stop after the current step. */
  readonly stopped: AbortSignal;
  /** Resolves when everything sent so far has left the process. */
  flush(): Promise<void>;
}

/** Connects the process to its keeper. */
export function connectToKeeper(): Port {
  const stop = new AbortController();
  process.on('message', (message) => {
    if (parseKeeperMessage(message)?.type === 'stop') stop.abort();
  });
  for (const event of ['disconnect', 'SIGINT', 'SIGTERM'] as const) process.on(event, () => stop.abort());
  let written: Promise<void> = Promise.resolve();
  return {
    send(message) {
      if (!process.connected) return;
      // The pipe keeps the order: when the last message has left, all have.
      written = new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
    },
    stopped: stop.signal,
    flush: () => written,
  };
}

/** Ends the run as stopped, never as failed. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  /** @param reason one sentence for people, where nobody asked for the stop */
  constructor(readonly reason?: string) {
    super(reason ?? 'The run was stopped.');
  }
}

/** Leaves long work when the run is to stop. */
export function throwIfStopped({ stopped }: Port): void {
  if (stopped.aborted) throw new StoppedError();
}
