/**
 * Works through a sweep, one run after the other, and outlives whoever started it. What it knows is on the disk:
 * a worker that was killed is followed by another, which attaches to the run that is still going, or resumes it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { HumanError, toError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import type { SweepEntry, SweepPlan, SweepProgress, SweepRun } from '../../domain/sweep/files';
import { waitingEntries } from '../../domain/sweep/order';
import { summariseRun } from '../list';
import { tryLock } from '../lock';
import { identifySelf } from '../process/identity';
import { openRuntimeFolder } from '../runtimeFolder';
import type { Programs } from '../spawnKeeper';
import { resumeRun, startRun } from '../start';
import { readControl, readPlan, readProgress, runsFolderOf, writeProgress } from './folder';

const POLL_MS = 300;

/** Runs every waiting entry, until none is left or the sweep is paused. Throws HumanError if another worker does. */
export async function workThrough(folder: string, programs: Programs): Promise<void> {
  const plan = await readPlan(folder);
  const lock = await tryLock(join(await openRuntimeFolder(), `sweep-${plan.id}.lock`));
  if (lock === undefined) throw new HumanError(`The sweep ${plan.id} is being worked through already.`);
  const work = { folder, plan, programs };
  try {
    await change(folder, { worker: await identifySelf() });
    for (let next = await nextEntry(work); next !== undefined; next = await nextEntry(work))
      await runEntry(work, next);
  } finally {
    await change(folder, { worker: null });
    await lock.release();
  }
}

interface Work {
  readonly folder: string;
  readonly plan: SweepPlan;
  readonly programs: Programs;
}

async function nextEntry({ folder, plan }: Work): Promise<number | undefined> {
  const control = await readControl(folder);
  if (control.paused) return undefined;
  return waitingEntries(plan.entries.length, control, await readProgress(folder)).at(0);
}

/** One entry from its start, or from where it was left, to its end. */
async function runEntry(work: Work, place: number): Promise<void> {
  const { folder, plan } = work;
  const record = (run: SweepRun) => recordRun(folder, place, run);
  try {
    const before = (await readProgress(folder)).runs[place];
    const run = await begin(work, plan.entries[place], before);
    await record({ run: run.id, endState: null, reason: null });
    const { endState, reason } = await untilEnded(run.folder);
    // Stopped because the sweep was paused: it goes on with the sweep.
    if (endState === 'stopped' && (await readControl(folder)).paused) return;
    await record({ run: run.id, endState: endState ?? 'unknown', reason });
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) process.stderr.write(`${toError(thrown).stack ?? ''}\n`);
    await record({ run: '', endState: 'failed', reason: toError(thrown).message });
  }
}

/** Attaches to the run of an entry if it lives, resumes it if it can be, and else starts it. */
async function begin(work: Work, entry: SweepEntry | undefined, before: SweepRun | undefined) {
  const { folder, plan, programs } = work;
  if (entry === undefined) throw new Error('The sweep has no such entry.');
  const runsFolder = runsFolderOf(folder);
  if (before !== undefined && before.run !== '') {
    const known = await summariseRun(join(runsFolder, before.run)).catch(() => undefined);
    if (known !== undefined && known.state !== 'ended') return known;
    if (known?.endState === 'completed') return known;
    if (known?.resumable === true) return resumeRun(known.folder, programs);
  }
  const { versions, codeFolder } = plan;
  return startRun({ ...programs, config: entry.configuration, runsFolder, codeFolder, versions });
}

async function untilEnded(runFolder: string): Promise<RunSummary> {
  for (;;) {
    const run = await summariseRun(runFolder);
    if (run.state === 'ended') return run;
    await delay(POLL_MS);
  }
}

async function recordRun(folder: string, place: number, run: SweepRun): Promise<void> {
  const { runs } = await readProgress(folder);
  await change(folder, { runs: { ...runs, [place]: run } });
}

async function change(folder: string, changes: Partial<SweepProgress>): Promise<void> {
  await writeProgress(folder, { ...(await readProgress(folder)), ...changes });
}
