/** Whether a command can be started, before anything is made for it: its folder, and its program as the system finds it. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { CommandConfiguration, CommandSection } from '../../domain/configuration/command/schema';
import { HumanError } from '../../domain/errors';

/** Throws HumanError that names the key which is wrong. */
export async function checkCommand({ command }: CommandConfiguration): Promise<void> {
  const { workingFolder, program } = command;
  const isFolder = await stat(workingFolder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw new HumanError(
      `There is no folder ${workingFolder} for the command to run in: correct "command.workingFolder".`,
    );
  if ((await findProgram(command)) !== undefined) return;
  throw new HumanError(
    isAbsolute(program)
      ? `There is no program ${program} that can be run: correct "command.program", or make the file executable.`
      : `There is no program "${program}" in PATH: correct "command.program", or give its path.`,
  );
}

/** The file that runs, found as the system will find it: a path as it stands, a name in PATH; undefined for none. */
export async function findProgram({
  program,
  environment,
}: Pick<CommandSection, 'program' | 'environment'>): Promise<string | undefined> {
  const path = environment['PATH'] ?? process.env['PATH'] ?? '';
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const candidates = isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program));
  for (const candidate of candidates.flatMap(withEndings)) if (await canRun(candidate)) return candidate;
  return undefined;
}

/** Windows adds the ending of a program. */
function withEndings(path: string): string[] {
  if (process.platform !== 'win32') return [path];
  const endings = (process.env['PATHEXT'] ?? '.EXE;.CMD;.BAT;.COM').split(';');
  return [path, ...endings.map((ending) => path + ending)];
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
