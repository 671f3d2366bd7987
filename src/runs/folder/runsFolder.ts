/**
 * The folder that holds all runs. It is checked before anything is made in it, so that a start that cannot
 * succeed leaves nothing behind; the first run hides `.supcon` from version control.
 */
import { constants } from 'node:fs';
import { access, mkdir, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HumanError } from '../../domain/errors';
import { DEFAULT_RUNS_FOLDER } from '../../domain/run/layout';
import { fileError } from './fileError';

const MEBIBYTE = 1024 * 1024;
/** Room for a few checkpoints of a ResNet-18 with optimiser state, event files and logs. */
export const LEAST_FREE_BYTES = 512 * MEBIBYTE;
const IGNORE_EVERYTHING = '# Runs stay out of version control.\n*\n';

/** The runs folder below a root, unless another is named; relative names are relative to the root. */
export function resolveRunsFolder(root: string, named?: string): string {
  return resolve(root, named === undefined || named === '' ? DEFAULT_RUNS_FOLDER : named);
}

/**
 * Throws HumanError unless runs can be written to this folder, which need not exist yet.
 * @param leastFreeBytes how much must be free on its disk
 */
export async function assertWritable(runsFolder: string, leastFreeBytes = LEAST_FREE_BYTES): Promise<void> {
  const existing = await nearestExisting(runsFolder);
  const doing = `Cannot keep runs in ${runsFolder}`;
  await access(existing, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw fileError(doing, error);
  });
  const { bavail, bsize } = await statfs(existing);
  if (bavail * bsize < leastFreeBytes) {
    throw new HumanError(
      `${doing}: only ${mebibytes(bavail * bsize)} MiB are free there, ${mebibytes(leastFreeBytes)} MiB are needed; free some space.`,
    );
  }
}

/** Makes the runs folder, if it is missing, and tells version control to ignore `.supcon`. */
export async function makeRunsFolder(runsFolder: string): Promise<void> {
  try {
    await mkdir(runsFolder, { recursive: true });
    if (basename(dirname(runsFolder)) === dirname(DEFAULT_RUNS_FOLDER))
      await hideFromGit(dirname(runsFolder));
  } catch (error) {
    throw fileError(`Cannot keep runs in ${runsFolder}`, error);
  }
}

async function hideFromGit(folder: string): Promise<void> {
  await writeFile(join(folder, '.gitignore'), IGNORE_EVERYTHING, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

async function nearestExisting(folder: string): Promise<string> {
  const stats = await stat(folder).catch(() => undefined);
  if (stats?.isDirectory() === true) return folder;
  if (stats !== undefined) {
    throw new HumanError(
      `Cannot keep runs in ${folder}: a file of that name is there; choose another folder.`,
    );
  }
  const parent = dirname(folder);
  return parent === folder ? folder : nearestExisting(parent);
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / MEBIBYTE);
}
