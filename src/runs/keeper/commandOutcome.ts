/** From how a command ended to the end state and the sentence that everyone will read. Pure. */
import { commandLine } from '../../domain/configuration/command/words';
import type { CommandRun } from '../command/commandRun';
import type { Rung } from './ladder';
import type { Circumstances, Outcome } from './outcome';
import type { ProcessEnd } from './runProcess';

export interface CommandEnding extends Circumstances {
  readonly command: Pick<CommandRun, 'program' | 'arguments'>;
  /** The last line of its output, or empty. */
  readonly lastWords: string;
}

/** The signals that the ladder has sent by the time that it stands on a rung. */
const SIGNALS_UP_TO: Readonly<Record<Rung, readonly string[]>> = {
  asked: ['SIGINT'],
  interrupted: ['SIGINT', 'SIGTERM'],
  killed: ['SIGINT', 'SIGTERM', 'SIGKILL'],
};
const REASON_OF_RUNG: Readonly<Record<Rung, string>> = {
  asked: 'Stopped as asked, by an interrupt.',
  interrupted: 'Stopped by SIGTERM, because the command did not heed the interrupt in time.',
  killed: 'Stopped by killing the command, because it heeded neither the interrupt nor SIGTERM in time.',
};
/** Codes that say nothing more: a clean end, and what shells make of SIGINT and SIGTERM. */
const QUIET_CODES = [0, 130, 143];

/** The outcome of a command that has ended. */
export function commandOutcome(end: ProcessEnd, ending: CommandEnding): Outcome {
  if (end.spawnError !== null) return { endState: 'failed', reason: notStarted(end.spawnError, ending) };
  const { rung } = ending;
  if (rung !== null && (end.signal === null || SIGNALS_UP_TO[rung].includes(end.signal)))
    return { endState: 'stopped', reason: stopped(rung, end.code) };
  if (end.signal !== null) return { endState: 'killed', reason: killed(end.signal, ending) };
  if (end.code === 0) return { endState: 'completed', reason: null };
  return { endState: 'failed', reason: failed(end.code, ending) };
}

function stopped(rung: Rung, code: number | null): string {
  const isQuiet = code === null || QUIET_CODES.includes(code);
  return isQuiet ? REASON_OF_RUNG[rung] : `${REASON_OF_RUNG[rung]} It ended with code ${code}.`;
}

function killed(signal: string, { outOfMemory }: CommandEnding): string {
  const cause = outOfMemory
    ? 'because the machine ran out of memory; use a smaller batch'
    : 'from outside or by itself; nothing in SupCon Lab asked for it';
  return `The command was killed by ${signal} ${cause}.`;
}

function failed(code: number | null, { lastWords }: CommandEnding): string {
  const said = lastWords === '' ? 'without a word' : `saying: ${lastWords}`;
  return `The command ended with code ${code ?? 'unknown'}, ${said}${/[.!?]$/.test(said) ? '' : '.'} Its log shows more.`;
}

function notStarted(cause: string, { command }: CommandEnding): string {
  return `The command ${commandLine(command)} could not be started (${cause}): correct its program or working folder and start again.`;
}
