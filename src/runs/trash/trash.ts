/**
 * The trash of a runs folder: a run is deleted by one rename into a hidden folder beside it, and comes back by one
 * rename. The entry's name says when and what, so two windows need nothing to agree on but the disk. Only emptying
 * the trash destroys anything.
 */
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { isLive } from '../../domain/display/runLook';
import type { RunSummary } from '../../domain/run/state';
import { errorCode, fileError } from '../folder/fileError';
import { isRunFolder } from '../folder/findRun';
import { tryLockPath } from '../folder/pathLock';
import { summariseOrExplain } from '../list';
import { bytesBelow } from './bytes';

/** The trash inside a runs folder; hidden, so that nothing in it is taken for a run. */
export const TRASH_FOLDER = '.trash';
/** Milliseconds since 1970, and the name that the run's folder had. */
const ENTRY_NAME = /^(\d{1,15})-([^./\\][^/\\]*)$/;
/** Begins the name of what is being destroyed. */
const DOOMED = '.doomed-';
/** A run of another machine that has given a sign of life in this time is taken to live. */
const SIGN_OF_LIFE_MS = 300_000;

/** A run in the trash. */
export interface TrashedRun {
  /** Name of the run's folder, before and after. */
  readonly id: string;
  /** Where it lies now. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly trashedAt: number;
}

/** A run in the trash with its size on disk. */
export interface SizedRun extends TrashedRun {
  readonly bytes: number;
}

/**
 * Moves a run to the trash of the folder it lies in.
 * @throws HumanError if it lives, is being resumed, is no run, or cannot be moved
 */
export async function trashRun(folder: string): Promise<TrashedRun> {
  const lock = await tryLockPath('resume', folder);
  if (lock === undefined)
    throw new HumanError(`The run ${basename(folder)} is being resumed: wait a moment.`);
  try {
    await assertDeletable(folder);
    return await moveToTrash(folder);
  } finally {
    await lock.release();
  }
}

/**
 * Puts a run back where it was.
 * @throws HumanError if it is not in the trash any more, or another stands in its place
 */
export async function restoreRun({ id, folder }: TrashedRun): Promise<string> {
  const target = join(dirname(dirname(folder)), id);
  if ((await lstat(target).catch(() => undefined)) !== undefined)
    throw new HumanError(
      `The run ${id} cannot be restored: another stands in its place; move that one first.`,
    );
  await rename(folder, target).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT')
      throw new HumanError(
        `The run ${id} is not in the trash any more: it was restored or the trash was emptied.`,
      );
    throw fileError(`Cannot restore ${id}`, error);
  });
  return target;
}

/** Every run in the trash of a runs folder, the last deleted first. */
export async function listTrash(runsFolder: string): Promise<TrashedRun[]> {
  const trash = join(runsFolder, TRASH_FOLDER);
  const entries = await readdir(trash, { withFileTypes: true }).catch(() => []);
  return entries
    .flatMap((entry) => {
      const [, at, id] = ENTRY_NAME.exec(entry.name) ?? [];
      if (!entry.isDirectory() || at === undefined || id === undefined) return [];
      return [{ id, folder: join(trash, entry.name), trashedAt: Number(at) }];
    })
    .sort((a, b) => b.trashedAt - a.trashedAt || (a.id < b.id ? -1 : 1));
}

/** As listTrash, with sizes. */
export async function measureTrash(runsFolder: string): Promise<SizedRun[]> {
  const runs = await listTrash(runsFolder);
  return Promise.all(runs.map(async (run) => ({ ...run, bytes: await bytesBelow(run.folder) })));
}

/**
 * Destroys these runs, and what an interrupted emptying has left. A run that was restored meanwhile is spared.
 * @throws HumanError if the disk refuses
 */
export async function destroy(runsFolder: string, runs: readonly TrashedRun[]): Promise<void> {
  const trash = await openTrash(runsFolder);
  try {
    for (const { folder } of runs) await doom(folder);
    const names = await readdir(trash);
    for (const name of names.filter((each) => each.startsWith(DOOMED)))
      await rm(join(trash, name), { recursive: true, force: true });
  } catch (error) {
    throw fileError(`Cannot empty ${trash}`, error);
  }
}

/** Renamed first, so that a run is either whole in the trash or gone. */
async function doom(folder: string): Promise<void> {
  await rename(folder, join(dirname(folder), `${DOOMED}${basename(folder)}`)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

async function assertDeletable(folder: string): Promise<void> {
  const stats = await lstat(folder).catch(() => undefined);
  const isNamedLikeRun = ENTRY_NAME.test(`0-${basename(folder)}`);
  if (stats?.isDirectory() !== true || !isNamedLikeRun || !(await isRunFolder(folder)))
    throw new HumanError(`There is no run in ${folder}: it was moved or deleted.`);
  const run = await summariseOrExplain(folder);
  if (isLive(run))
    throw new HumanError(`The run ${run.name} is ${run.state}: stop it first, then delete it.`);
  if (mayLiveElsewhere(run))
    throw new HumanError(
      `The run ${run.name} seems to live on another machine: stop it there, then delete it.`,
    );
}

function mayLiveElsewhere({ state, heartbeat }: RunSummary): boolean {
  return state === 'unknown' && heartbeat !== null && Date.now() - heartbeat < SIGN_OF_LIFE_MS;
}

async function moveToTrash(folder: string): Promise<TrashedRun> {
  const id = basename(folder);
  const trash = await openTrash(dirname(folder));
  const trashedAt = await freeMoment(trash, id);
  const target = join(trash, `${trashedAt}-${id}`);
  await rename(folder, target).catch((error: unknown) => {
    throw fileError(`Cannot delete ${folder}`, error);
  });
  return { id, folder: target, trashedAt };
}

/** Now, or the first millisecond after it that has no entry of this name. */
async function freeMoment(trash: string, id: string): Promise<number> {
  let at = Date.now();
  while ((await lstat(join(trash, `${at}-${id}`)).catch(() => undefined)) !== undefined) at++;
  return at;
}

/** The trash folder, made if it is missing. Throws HumanError where a link would lead runs elsewhere. */
async function openTrash(runsFolder: string): Promise<string> {
  const trash = join(runsFolder, TRASH_FOLDER);
  await mkdir(trash, { recursive: true }).catch((error: unknown) => {
    throw fileError(`Cannot use the trash ${trash}`, error);
  });
  const stats = await lstat(trash);
  if (!stats.isDirectory())
    throw new HumanError(`${trash} is a link, so nothing is deleted by way of it: remove it.`);
  return trash;
}
