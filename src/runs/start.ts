/**
 * Starting and resuming runs. Everything that can be wrong is found before anything is made; the run folder
 * is filled under a hidden name and then renamed, so nobody ever sees half a run.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../domain/errors';
import type { CommandConfiguration } from '../domain/configuration/command/schema';
import { commandName } from '../domain/configuration/command/words';
import type { Configuration } from '../domain/configuration/schema';
import { FORMAT_VERSION, RUN_FILE } from '../domain/run/layout';
import { writeFileAtomically, writeJson } from '../formats/files';
import { requireTrustedCommand } from './command/trust';
import { captureCode } from './folder/code';
import { captureEnvironment } from './folder/environment';
import { graphicsDriver } from './folder/graphicsDriver';
import { fileError } from './folder/fileError';
import { tryLockPath } from './folder/pathLock';
import { createRunId } from './folder/runId';
import { assertWritable, makeRunsFolder } from './folder/runsFolder';
import { summariseRun } from './list';
import { findCopies, recordModules } from './modules/record';
import { assertTrusted } from './modules/trust';
import { openRuntimeFolder } from './runtimeFolder';
import type { Programs } from './spawnKeeper';
import { spawnKeeper } from './spawnKeeper';

export interface StartOptions extends Programs {
  /** Complete, with absolute paths: the trainer's working directory is the root of the file system. */
  readonly config: Configuration | CommandConfiguration;
  /** Absolute path of the folder that holds all runs. */
  readonly runsFolder: string;
  /** The folder whose commit and changes are recorded; null records nothing. */
  readonly codeFolder: string | null;
  /** Versions of the parts in use by name, for environment.json. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Least free space on the disk, in bytes. */
  readonly leastFreeBytes?: number;
}

export interface StartedRun {
  readonly id: string;
  readonly folder: string;
}

/** Starts a run; resolves when its keeper holds it. Throws HumanError, leaving nothing behind. */
export async function startRun(options: StartOptions): Promise<StartedRun> {
  const { runsFolder, leastFreeBytes } = options;
  await assertWritable(runsFolder, leastFreeBytes);
  await openRuntimeFolder();
  await makeRunsFolder(runsFolder);
  const run = await makeRunFolder(options);
  try {
    await spawnKeeper(run.folder, options);
    return run;
  } catch (error) {
    await rm(run.folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Resumes an ended run from its newest checkpoint, as a new segment. Throws HumanError if it still lives, is
 * complete, has no checkpoint, is being resumed by someone else, or has a module that was not agreed to.
 */
export async function resumeRun(folder: string, programs: Programs): Promise<StartedRun> {
  const lock = await tryLockPath('resume', await realFolder(folder));
  if (lock === undefined) throw new HumanError('The run is being resumed already: wait a moment.');
  try {
    const run = await summariseRun(folder);
    if (run.kind === 'command')
      throw new HumanError(
        `The run ${run.id} is a command, of which only its program knows how to go on: start it again.`,
      );
    if (run.state !== 'ended')
      throw new HumanError(`The run ${run.id} is ${run.state}: only an ended run can be resumed.`);
    if (run.endState === 'completed')
      throw new HumanError(`The run ${run.id} is complete: there is nothing to resume.`);
    if (!run.resumable)
      throw new HumanError(`The run ${run.id} has no checkpoint to resume from: start it again.`);
    // A run folder that came from elsewhere brings code of somebody else.
    await assertTrusted(await findCopies(folder));
    await assertWritable(folder);
    await spawnKeeper(folder, programs);
    return { id: run.id, folder };
  } finally {
    await lock.release();
  }
}

async function makeRunFolder(options: StartOptions): Promise<StartedRun> {
  const { runsFolder, config } = options;
  const id = createRunId(config.name === '' ? nameOf(config) : config.name, new Date());
  const draft = join(runsFolder, `.new-${randomBytes(8).toString('hex')}`);
  const folder = join(runsFolder, id);
  try {
    await mkdir(draft);
    await fill(draft, options);
    await rename(draft, folder);
    return { id, folder };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw fileError(`Cannot make a run in ${runsFolder}`, error);
  }
}

async function fill(folder: string, { config, codeFolder, versions, version }: StartOptions): Promise<void> {
  const { code, patch } = await captureCode(codeFolder);
  const driver = await graphicsDriver();
  const environment = captureEnvironment({ 'supcon-lab': version, ...driver, ...versions });
  await writeJson(join(folder, RUN_FILE.config), { ...config, formatVersion: FORMAT_VERSION });
  await writeJson(join(folder, RUN_FILE.environment), environment);
  await writeJson(join(folder, RUN_FILE.code), code);
  if ('command' in config) await requireTrustedCommand(config);
  else await recordModules(folder, config);
  if (patch !== null) await writeFileAtomically(join(folder, RUN_FILE.codePatch), patch);
}

/** The name of a run whose configuration has none. */
function nameOf(config: StartOptions['config']): string {
  if ('command' in config) return commandName(config.command);
  const { loss, dataset, model } = config;
  return `${loss.name} ${dataset.kind} ${model.encoder}`;
}

/** The run folder whichever way its path is written. */
async function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch((error: unknown) => {
    throw fileError(`Cannot resume ${folder}`, error);
  });
}
