/** Starts what a request asks for: one run, or a run and its baseline behind it in the queue. */
import { dirname, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import type { Configuration } from '../domain/configuration/schema';
import type { ReadingProgress } from '../formats/datasets/pictures/picture';
import { resolveRunsFolder } from '../runs/folder/runsFolder';
import type { StartedRun } from '../runs/start';
import { startRun } from '../runs/start';
import { withBaseline } from './baseline';
import type { Consent } from './consent';
import { requireConsent } from './consent';
import type { Preflight } from './preflight';
import { preflight } from './preflight';
import { installedPrograms, libraryVersions } from './programs';
import type { RunRequest } from './request';
import { resolveRequest } from './request';

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
  readonly configurations: readonly Configuration[];
  readonly preflight: Preflight;
  readonly runsFolder: string;
  /** Starts one of the configurations. */
  start(configuration: Configuration): Promise<StartedRun>;
}

/** Resolves and checks a request; nothing exists on the disk before `start`. Throws HumanError. */
export async function prepareLaunch(request: LaunchRequest): Promise<PreparedLaunch> {
  const configuration = await resolveRequest(request);
  await requireConsent([configuration], request.consent ?? 'ask');
  const found = await preflight(configuration, request.onReading);
  const runsFolder = resolveRunsFolder(process.cwd(), request.runsFolder);
  return {
    configurations: withBaseline(configuration),
    preflight: found,
    runsFolder,
    start: (config) =>
      startRun({
        config,
        runsFolder,
        codeFolder: config.captureCode ? codeFolderOf(request.source) : null,
        versions: libraryVersions(),
        ...installedPrograms(request.queue),
      }),
  };
}

/** Code is captured where the configuration lies; a preset has none but the working folder. */
function codeFolderOf(source: string): string {
  return existsSync(source) ? dirname(resolve(source)) : process.cwd();
}
