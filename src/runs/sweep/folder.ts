/** The files of a sweep's folder: made whole under a hidden name, read with their schemas, found by name. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { SweepControl, SweepPlan, SweepProgress } from '../../domain/sweep/files';
import { SWEEPS_FOLDER, SWEEP_FILE } from '../../domain/sweep/files';
import { writeJson } from '../../formats/files';
import { sweepControlSchema, sweepPlanSchema, sweepProgressSchema } from '../../protocol/sweep';
import { fileError } from '../folder/fileError';
import { readSmallFile } from '../folder/runFiles';
import { makeRunsFolder } from '../folder/runsFolder';
import { updateFile } from '../folder/updateFile';

/** The runs folder that a sweep's folder lies in. */
export function runsFolderOf(sweepFolder: string): string {
  return dirname(dirname(sweepFolder));
}

/** Writes a plan into a new folder; returns the folder. */
export async function makeSweepFolder(runsFolder: string, plan: SweepPlan): Promise<string> {
  await makeRunsFolder(runsFolder);
  const all = join(runsFolder, SWEEPS_FOLDER);
  const draft = join(all, `.new-${randomBytes(8).toString('hex')}`);
  const folder = join(all, plan.id);
  try {
    await mkdir(draft, { recursive: true });
    await writeJson(join(draft, SWEEP_FILE.plan), plan);
    await rename(draft, folder);
    return folder;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw fileError(`Cannot make a sweep in ${runsFolder}`, error);
  }
}

/** Names of all sweeps of a runs folder, in no particular order. */
export async function sweepNames(runsFolder: string): Promise<string[]> {
  const entries = await readdir(join(runsFolder, SWEEPS_FOLDER), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
}

/** The folder of the sweep with this name, or with the only name that begins so. Throws HumanError. */
export async function findSweep(runsFolder: string, text: string): Promise<string> {
  const names = await sweepNames(runsFolder);
  const fitting = names.includes(text) ? [text] : names.filter((name) => name.startsWith(text));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return join(runsFolder, SWEEPS_FOLDER, only);
  throw new HumanError(
    only === undefined
      ? `There is no sweep "${text}" in ${runsFolder}: \`supcon sweep list\` shows the sweeps there.`
      : `"${text}" could be any of ${fitting.sort().join(', ')}: type more of the name.`,
  );
}

/** sweep.json. Throws HumanError if it is missing, newer or damaged. */
export async function readPlan(folder: string): Promise<SweepPlan> {
  const plan = await readSmallFile(join(folder, SWEEP_FILE.plan), sweepPlanSchema);
  if (plan === undefined) throw new HumanError(`There is no sweep in ${folder}: it was moved or deleted.`);
  return plan;
}

/** control.json; a sweep that nobody has touched has none. */
export async function readControl(folder: string): Promise<SweepControl> {
  return (await readSmallFile(join(folder, SWEEP_FILE.control), sweepControlSchema)) ?? UNTOUCHED;
}

/** Changes control.json; see updateFile. */
export function updateControl(
  folder: string,
  change: (control: SweepControl) => SweepControl,
): Promise<SweepControl> {
  const path = join(folder, SWEEP_FILE.control);
  return updateFile({ path, schema: sweepControlSchema, empty: UNTOUCHED }, change);
}

/** progress.json; a sweep that has not begun has none. */
export async function readProgress(folder: string): Promise<SweepProgress> {
  return (await readSmallFile(join(folder, SWEEP_FILE.progress), sweepProgressSchema)) ?? NOT_BEGUN;
}

/** Replaces progress.json. Only the sweep's own process may. */
export async function writeProgress(folder: string, progress: SweepProgress): Promise<void> {
  await writeJson(join(folder, SWEEP_FILE.progress), progress);
}

const UNTOUCHED: SweepControl = { formatVersion: FORMAT_VERSION, paused: false, order: [] };
const NOT_BEGUN: SweepProgress = { formatVersion: FORMAT_VERSION, worker: null, runs: {} };
