/** `supcon run -- PROGRAM ARGUMENTS`: any command as a run, with queue, log, states and stop ladder. */
import type { JsonObject } from '../../domain/configuration/override';
import { applyOverride } from '../../domain/configuration/override';
import { parseCommandConfiguration } from '../../domain/configuration/parse';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import { completeCommand } from '../../runs/command/commandRun';
import { exitCodeOf } from '../follow';
import { prepareCommand } from '../launch';
import { followLaunch } from './train';

export interface RunCommandOptions {
  readonly name?: string;
  readonly group?: string;
  /** Folder or file where the program's numbers appear. */
  readonly logs?: string;
  readonly steps?: string;
  readonly set?: readonly string[];
  readonly dir?: string;
  readonly now?: boolean;
  readonly json?: boolean;
}

/** Runs a command and follows it; its exit code as a run. Whoever typed the command has agreed to it. */
export async function runAnyCommand(words: readonly string[], options: RunCommandOptions): Promise<number> {
  const configuration = completeCommand(
    parseCommandConfiguration(configurationOf(words, options), 'The command line'),
    process.cwd(),
  );
  const launch = await prepareCommand(configuration, {
    source: process.cwd(),
    runsFolder: options.dir,
    queue: options.now === true ? 'now' : 'wait',
    consent: 'given',
  });
  const { endings } = await followLaunch(launch, { json: options.json === true });
  return endings.map(exitCodeOf).find((code) => code !== EXIT_CODE.completed) ?? EXIT_CODE.completed;
}

/** The configuration file that says the same. */
function configurationOf(words: readonly string[], options: RunCommandOptions): JsonObject {
  const { name = '', group = '', logs = '', steps, set = [] } = options;
  const [program, ...rest] = words;
  if (program === undefined || program === '')
    throw new HumanError(
      'No command was given: write it after --, for example supcon run -- python train.py.',
    );
  const command = { program, arguments: rest, logs, steps: steps === undefined ? null : Number(steps) };
  return set.reduce<JsonObject>(applyOverride, { name, group, command });
}
