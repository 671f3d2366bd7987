/** What people do with a sweep: start it, pause it, go on, change its order. Any window or terminal may. */
import { closeSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HumanError } from '../../domain/errors';
import type { SweepPlan } from '../../domain/sweep/files';
import { SWEEP_FILE } from '../../domain/sweep/files';
import { moveEntry } from '../../domain/sweep/order';
import { requestStop } from '../control';
import { assertWritable } from '../folder/runsFolder';
import { spawnDetached } from '../process/spawnDetached';
import type { Programs } from '../spawnKeeper';
import { makeSweepFolder, readProgress, runsFolderOf, updateControl } from './folder';
import { summariseSweep } from './summary';

const SHOWN_POLL_MS = 30;
const SHOWN_DEADLINE_MS = 30_000;

/** Keeper and trainer, and the process that works through a sweep. */
export interface SweepPrograms extends Programs {
  /** Path of the bundled sweeper. */
  readonly sweeperPath: string;
}

/** Makes the folder of a sweep and starts its process; returns the folder. Throws HumanError. */
export async function startSweep(
  runsFolder: string,
  plan: SweepPlan,
  programs: SweepPrograms,
): Promise<string> {
  await assertWritable(runsFolder);
  const folder = await makeSweepFolder(runsFolder, plan);
  await spawnSweeper(folder, programs);
  return folder;
}

/** Goes on with a sweep that was paused or whose process is gone. Throws HumanError if there is nothing to do. */
export async function resumeSweep(folder: string, programs: SweepPrograms): Promise<void> {
  const { id, state } = await summariseSweep(folder);
  if (state === 'completed') throw new HumanError(`The sweep ${id} is complete: there is nothing to resume.`);
  await updateControl(folder, (control) => ({ ...control, paused: false }));
  if (state === 'paused' || state === 'interrupted') await spawnSweeper(folder, programs);
}

/** Begins no further run. `now` also stops the present run, which writes a checkpoint and is resumed later. */
export async function pauseSweep(folder: string, manner: 'after-run' | 'now'): Promise<void> {
  const { id, state, entries } = await summariseSweep(folder);
  if (state === 'completed') throw new HumanError(`The sweep ${id} is complete: there is nothing to pause.`);
  await updateControl(folder, (control) => ({ ...control, paused: true }));
  if (manner === 'after-run') return;
  const current = entries.find(({ run }) => run !== null && run.run !== '' && run.endState === null)?.run;
  if (current !== undefined && current !== null)
    await requestStop(join(runsFolderOf(folder), current.run)).catch(() => undefined);
}

/** Moves a waiting entry to a place among the waiting ones, 0 being next. Throws HumanError if it does not wait. */
export async function moveInSweep(folder: string, entry: number, to: number): Promise<void> {
  const { waiting, entries } = await summariseSweep(folder);
  if (!waiting.includes(entry) || entries[entry]?.run !== null)
    throw new HumanError(`Entry ${entry + 1} does not wait: \`supcon sweep show\` lists those that do.`);
  await updateControl(folder, (control) => ({ ...control, order: moveEntry(waiting, entry, to) }));
}

async function spawnSweeper(folder: string, programs: SweepPrograms): Promise<void> {
  const log = openSync(join(folder, SWEEP_FILE.log), 'a', 0o600);
  try {
    const sweeper = spawnDetached({ commandLine: commandLine(folder, programs), log, folder });
    const ended = new Promise<'ended'>((done) => {
      sweeper.once('exit', () => done('ended'));
      sweeper.once('error', () => done('ended'));
    });
    await Promise.race([shown(folder, sweeper.pid), ended]);
    sweeper.unref();
  } finally {
    closeSync(log);
  }
}

function commandLine(folder: string, programs: SweepPrograms): string[] {
  const { sweeperPath, keeperPath, trainerPath, version, keeperParameters = [] } = programs;
  return [
    resolve(sweeperPath),
    resolve(folder),
    ...['--keeper', resolve(keeperPath), '--trainer', resolve(trainerPath), '--version', version],
    ...['--keeper-parameters', JSON.stringify(keeperParameters)],
  ];
}

/** A short sweep may be over before it is seen to work; its process has then ended. */
async function shown(folder: string, pid: number | undefined): Promise<void> {
  const deadline = performance.now() + SHOWN_DEADLINE_MS;
  while ((await readProgress(folder)).worker?.pid !== pid) {
    if (performance.now() > deadline)
      throw new HumanError(`The sweep did not start within 30 seconds: see ${join(folder, SWEEP_FILE.log)}.`);
    await delay(SHOWN_POLL_MS);
  }
}
