/** Starts what a request asks for: one run, or a run and its baseline behind it in the queue. */
import { dirname, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import type { CommandConfiguration } from '../domain/configuration/command/schema';
import type { Configuration } from '../domain/configuration/schema';
import type { ReadingProgress } from '../formats/datasets/pictures/picture';
import { checkCommand } from '../runs/command/check';
import { pythonPackages } from '../runs/command/pythonPackages';
import { resolveRunsFolder } from '../runs/folder/runsFolder';
import type { StartedRun } from '../runs/start';
import { startRun } from '../runs/start';
import { withBaseline } from './baseline';
import type { Consent } from './consent';
import { requireCommandConsent, requireConsent } from './consent';
import { describePreflight, preflight } from './preflight';
import { installedPrograms, libraryVersions } from './programs';
import type { RunRequest } from './request';
import { resolveCommand, resolveRequest } from './request';

export interface LaunchRequest extends RunRequest {
  /** The folder that holds runs; `.supcon/runs` below the working folder if undefined. */
  readonly runsFolder?: string | undefined;
  /** How modules of the user's own are agreed to; asked for on the terminal by default. */
  readonly consent?: Consent;
  /** Wait for the runs before this one, or start now. */
  readonly queue?: 'wait' | 'now';
  /** Told how far the reading of the data is. */
  readonly onReading?: ReadingProgress | undefined;
}

export interface PreparedLaunch {
  readonly configurations: readonly (Configuration | CommandConfiguration)[];
  /** What was found beforehand: images, classes, memory; empty for a command. */
  readonly note: string;
  readonly runsFolder: string;
  /** Starts one of the configurations. */
  start(configuration: Configuration | CommandConfiguration): Promise<StartedRun>;
}

/** Resolves and checks a request; nothing exists on the disk before `start`. Throws HumanError. */
export async function prepareLaunch(request: LaunchRequest): Promise<PreparedLaunch> {
  const command = await resolveCommand(request);
  if (command !== undefined) return prepareCommand(command, request);
  const configuration = await resolveRequest(request);
  await requireConsent([configuration], request.consent ?? 'ask');
  const found = await preflight(configuration, request.onReading);
  return prepared(withBaseline(configuration), describePreflight(found), request);
}

/** The same for a command that has been read already; its paths are absolute. */
export async function prepareCommand(
  command: CommandConfiguration,
  request: Omit<LaunchRequest, 'data' | 'set'>,
): Promise<PreparedLaunch> {
  await checkCommand(command);
  await requireCommandConsent(command, request.consent ?? 'ask');
  return prepared([command], '', request);
}

function prepared(
  configurations: PreparedLaunch['configurations'],
  note: string,
  request: LaunchRequest,
): PreparedLaunch {
  const runsFolder = resolveRunsFolder(process.cwd(), request.runsFolder);
  return {
    configurations,
    note,
    runsFolder,
    start: async (config) =>
      startRun({
        config,
        runsFolder,
        codeFolder: config.captureCode ? codeFolderOf(request.source, config) : null,
        versions: await versionsFor(config),
        ...installedPrograms(request.queue),
      }),
  };
}

/** Libraries of ours are no part of a command; what its Python would import is. */
async function versionsFor(config: Configuration | CommandConfiguration): Promise<Record<string, string>> {
  return 'command' in config ? pythonPackages(config.command) : libraryVersions();
}

/** Code is captured where the configuration lies, or where a command runs; a preset has none but the working folder. */
function codeFolderOf(source: string, config: Configuration | CommandConfiguration): string {
  if ('command' in config) return config.command.workingFolder;
  return existsSync(source) ? dirname(resolve(source)) : process.cwd();
}
