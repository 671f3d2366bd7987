/** What is true about a sweep: from its files, and whether the process that works through it lives. */
import { join } from 'node:path';
import type { SweepControl, SweepPlan, SweepState, SweepSummary } from '../../domain/sweep/files';
import { SWEEPS_FOLDER } from '../../domain/sweep/files';
import { waitingEntries } from '../../domain/sweep/order';
import { isAlive } from '../process/identity';
import { readControl, readPlan, readProgress, sweepNames } from './folder';

/** The summary of a sweep. Throws HumanError if its files are newer than this version, or damaged. */
export async function summariseSweep(folder: string): Promise<SweepSummary> {
  return summarisePlan(folder, await readPlan(folder));
}

/** As summariseSweep, for whoever looks again and again: a plan is written once, and may be long. */
export async function summarisePlan(folder: string, plan: SweepPlan): Promise<SweepSummary> {
  const [control, progress] = await Promise.all([readControl(folder), readProgress(folder)]);
  const waiting = waitingEntries(plan.entries.length, control, progress);
  const works = progress.worker !== null && (await isAlive(progress.worker));
  return {
    id: plan.id,
    name: plan.name,
    folder,
    createdAt: plan.createdAt,
    state: stateOf(control, works, waiting),
    entries: plan.entries.map((entry, place) => ({ ...entry, run: progress.runs[place] ?? null })),
    waiting,
  };
}

/** All readable sweeps of a runs folder, newest first. */
export async function listSweeps(runsFolder: string): Promise<SweepSummary[]> {
  const names = await sweepNames(runsFolder);
  const found = await Promise.allSettled(
    names.map((name) => summariseSweep(join(runsFolder, SWEEPS_FOLDER, name))),
  );
  return found
    .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    .sort((a, b) => b.createdAt - a.createdAt || a.id.localeCompare(b.id));
}

function stateOf({ paused }: SweepControl, works: boolean, waiting: readonly number[]): SweepState {
  if (waiting.length === 0) return 'completed';
  if (works) return paused ? 'pausing' : 'running';
  return paused ? 'paused' : 'interrupted';
}
