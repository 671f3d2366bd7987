/** Any command under the keeper: it runs as soon as it is spawned, and its exit code is all that it announces. */
import { join } from 'node:path';
import { commandLine } from '../../domain/configuration/command/words';
import { RUN_FILE } from '../../domain/run/layout';
import type { CommandRun } from '../command/commandRun';
import { commandOutcome } from './commandOutcome';
import { followProgress } from './commandProgress';
import type { CommandProcess } from './commandProcess';
import { startCommand } from './commandProcess';
import { readLastWords } from './lastWords';
import type { Ended, Keeping } from './supervise';
import { supervise } from './supervise';

/** Runs a command to its end. Never throws. */
export async function runCommand(keeping: Keeping, command: CommandRun): Promise<Ended> {
  const { folder } = keeping.options;
  keeping.log.line(`Runs ${commandLine(command)} in ${command.workingFolder}`);
  let running: CommandProcess | undefined;
  const start = () => (running = startCommand({ command, folder, log: keeping.log }));
  const progress = followProgress(keeping, command);
  const { end, circumstances } = await supervise(keeping, start, { state: 'running' });
  // Whoever stops a run wants its helpers stopped too; a command that ends by itself may leave some on purpose.
  if (circumstances.rung !== null) running?.sweepUp();
  await progress.finish();
  const lastWords = await readLastWords(join(folder, RUN_FILE.log));
  const outcome = commandOutcome(end, { ...circumstances, command, lastWords });
  return { ...outcome, code: end.code, signal: end.signal };
}
