/** From how the trainer ended, and what it said before, to the end state that everyone will read. Pure. */
import { EXIT_CODE } from '../../domain/errors';
import type { EndState } from '../../domain/run/state';
import type { Rung } from './ladder';
import type { ProcessEnd } from './runProcess';

/** What the trainer announced over IPC. */
export interface Announced {
  readonly end: 'completed' | 'stopped' | null;
  readonly failure: string | null;
  /** Why it stopped, where nobody asked it to. */
  readonly stopped?: string;
}

export interface Circumstances {
  /** The rung of the stop ladder that was taken last, or null. */
  readonly rung: Rung | null;
  /** Whether the system killed a process of this group for lack of memory meanwhile. */
  readonly outOfMemory: boolean;
}

export interface Outcome {
  readonly endState: EndState;
  /** One sentence for people, or null where nothing needs saying. */
  readonly reason: string | null;
}

const SIGNAL_OF_RUNG: Readonly<Record<Rung, string | null>> = {
  asked: null,
  interrupted: 'SIGINT',
  killed: 'SIGKILL',
};
const REASON_OF_RUNG: Readonly<Record<Rung, string>> = {
  asked: 'Stopped as asked.',
  interrupted: 'Stopped by an interrupt, because the trainer did not answer the polite request in time.',
  killed:
    'Stopped by killing the trainer, because it answered neither the request nor the interrupt in time.',
};

/** The outcome of a run whose trainer has ended. */
export function outcomeOf(end: ProcessEnd, announced: Announced, circumstances: Circumstances): Outcome {
  if (end.spawnError !== null) return { endState: 'failed', reason: notStarted(end.spawnError) };
  if (end.signal !== null) return endedBySignal(end.signal, circumstances);
  if (end.code === EXIT_CODE.completed && announced.end !== 'stopped')
    return { endState: 'completed', reason: null };
  if (end.code === EXIT_CODE.completed || end.code === EXIT_CODE.stopped) {
    const { rung } = circumstances;
    const own = rung === null ? announced.stopped : undefined;
    return { endState: 'stopped', reason: own ?? REASON_OF_RUNG[rung ?? 'asked'] };
  }
  return { endState: 'failed', reason: announced.failure ?? failedSilently(end.code) };
}

function endedBySignal(signal: string, { rung, outOfMemory }: Circumstances): Outcome {
  if (rung !== null && SIGNAL_OF_RUNG[rung] === signal)
    return { endState: 'stopped', reason: REASON_OF_RUNG[rung] };
  const cause = outOfMemory
    ? 'because the machine ran out of memory; use a smaller stage1.batchSize'
    : 'from outside; nothing in SupCon Lab asked for it';
  return { endState: 'killed', reason: `The trainer was killed by ${signal} ${cause}.` };
}

function notStarted(cause: string): string {
  return `The trainer could not be started (${cause}): if SupCon Lab was updated or removed meanwhile, start the run again.`;
}

function failedSilently(code: number | null): string {
  return `The trainer ended with code ${code ?? 'unknown'} without giving a reason: its log shows more.`;
}
