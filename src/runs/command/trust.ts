/** What the user agrees to when a file runs a command: program, arguments, folder and variables, by one hash. */
import { createHash } from 'node:crypto';
import type { CommandConfiguration, CommandSection } from '../../domain/configuration/command/schema';
import { commandLine } from '../../domain/configuration/command/words';
import { HumanError } from '../../domain/errors';
import { isTrusted } from '../modules/trust';

/** SHA-256 over everything that decides what a command does, in hexadecimal; paths are absolute. */
export function commandHash({
  program,
  arguments: words,
  workingFolder,
  environment,
}: CommandSection): string {
  const variables = Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1));
  const content = JSON.stringify(['command', program, words, workingFolder, variables]);
  return createHash('sha256').update(content).digest('hex');
}

/** Throws HumanError unless the user has agreed to the command. */
export async function requireTrustedCommand({ command }: CommandConfiguration): Promise<void> {
  if (await isTrusted(commandHash(command))) return;
  throw new HumanError(
    `The command ${commandLine(command)} has not been agreed to, or has changed since: start again and agree.`,
  );
}
