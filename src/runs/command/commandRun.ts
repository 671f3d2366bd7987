/** The command of a run folder: what config.json says, with "{run}" in it replaced by where the folder lies now. */
import { isAbsolute, join, resolve } from 'node:path';
import type { CommandConfiguration } from '../../domain/configuration/command/schema';
import { commandConfigurationSchema } from '../../domain/configuration/command/schema';
import { RUN_PLACEHOLDER } from '../../domain/configuration/command/sections';
import { hasCommand } from '../../domain/configuration/parse';
import { RUN_FILE } from '../../domain/run/layout';
import { parseSmallFile, readTextIfThere } from '../folder/runFiles';
import { parseJsonLine } from '../lines';

export interface CommandRun {
  readonly configuration: CommandConfiguration;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of the folder or file where its numbers appear. */
  readonly logs: string;
}

/** The command of a run folder, undefined where a trainer of ours runs. Throws HumanError if it is damaged. */
export async function readCommandRun(folder: string): Promise<CommandRun | undefined> {
  const path = join(folder, RUN_FILE.config);
  const text = await readTextIfThere(path);
  if (text === undefined || !hasCommand(parseJsonLine(text))) return undefined;
  return commandRun(parseSmallFile(text, path, commandConfigurationSchema), folder);
}

/** A configuration with absolute paths, as it is run from a run folder. */
export function commandRun(configuration: CommandConfiguration, folder: string): CommandRun {
  const { command } = configuration;
  const filled = (text: string) => text.replaceAll(RUN_PLACEHOLDER, folder);
  const variables = Object.entries(command.environment).map(([name, value]) => [name, filled(value)]);
  return {
    configuration,
    program: command.program,
    arguments: command.arguments.map(filled),
    workingFolder: command.workingFolder,
    environment: Object.fromEntries(variables) as Record<string, string>,
    logs: command.logs === '' ? folder : resolve(command.workingFolder, filled(command.logs)),
  };
}

/**
 * A configuration whose paths no longer depend on the folder of its file.
 * @param folder that of the file, or the working folder where it was typed
 */
export function completeCommand(configuration: CommandConfiguration, folder: string): CommandConfiguration {
  const { command } = configuration;
  const workingFolder = resolve(folder, command.workingFolder);
  const isPath = /[\\/]/.test(command.program);
  const program =
    isPath && !isAbsolute(command.program) ? resolve(workingFolder, command.program) : command.program;
  return { ...configuration, command: { ...command, workingFolder, program } };
}
