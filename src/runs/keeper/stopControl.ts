/**
 * Where a request to stop goes: to the queue while the run waits, to the ladder while it trains, nowhere once
 * it has ended.
 */
import type { StopLadder } from '../../domain/run/state';
import type { Ladder, Rung } from './ladder';
import { createLadder } from './ladder';
import type { LadderDeadlines } from './options';
import type { RunProcess } from './runProcess';
import type { RunCommand } from './server';
import type { StateRecord } from './stateRecord';

export interface StopControl {
  /** Carries a command out; returns why not, or null. */
  readonly request: (command: RunCommand) => string | null;
  /** Aborted by the first request. */
  readonly whileQueued: AbortSignal;
  requested(): boolean;
  /** From now on there is a process to stop. */
  attach(running: RunProcess): void;
  /** The rung that was taken last, or null. */
  rung(): Rung | null;
  /** The process has ended; later requests are refused. */
  end(): void;
}

/** The stop control of one run. */
export function createStopControl(deadlines: LadderDeadlines, record: StateRecord): StopControl {
  const queue = new AbortController();
  let ladder: Ladder | undefined;
  /** A request that came before there was a process to hear it. */
  let early: RunCommand | undefined;
  let ended = false;
  return {
    request: (command) => {
      if (ended) return 'The run has ended already.';
      queue.abort();
      if (ladder === undefined) early = command;
      else climb(ladder, command);
      return null;
    },
    whileQueued: queue.signal,
    requested: () => queue.signal.aborted,
    attach: (running) => {
      const take = (stop: StopLadder) => {
        void record.change({ state: 'stopping', stop });
        apply(stop.level, running);
      };
      ladder = createLadder({ deadlines, take });
      if (early !== undefined) climb(ladder, early);
    },
    rung: () => ladder?.current()?.level ?? null,
    end: () => {
      ended = true;
      ladder?.end();
    },
  };
}

function climb(ladder: Ladder, command: RunCommand): void {
  if (command === 'kill') ladder.force();
  else ladder.ask();
}

function apply(level: Rung, running: RunProcess): void {
  switch (level) {
    case 'asked':
      running.ask();
      return;
    case 'interrupted':
      running.interrupt();
      return;
    case 'killed':
      running.kill();
  }
}
