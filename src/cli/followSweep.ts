/** Follows a sweep in the terminal: a line when a run begins and one when it ends. Ctrl+C leaves it running. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SweepSummary } from '../domain/sweep/files';
import { readPlan } from '../runs/sweep/folder';
import { summarisePlan } from '../runs/sweep/summary';

const POLL_MS = 500;

/** Follows until the sweep is complete, paused or interrupted; resolves with its last summary. */
export async function followSweep(folder: string): Promise<SweepSummary> {
  const plan = await readPlan(folder);
  const told = new Map<number, string>();
  for (;;) {
    const sweep = await summarisePlan(folder, plan);
    for (const line of news(sweep, told)) process.stdout.write(`${line}\n`);
    if (sweep.state !== 'running' && sweep.state !== 'pausing') return sweep;
    await delay(POLL_MS);
  }
}

/** What has changed since the last look, in the order of the plan; `told` remembers. */
function news({ entries }: SweepSummary, told: Map<number, string>): string[] {
  return entries.flatMap(({ label, run }, place) => {
    if (run === null) return [];
    const state = run.endState ?? 'started';
    if (told.get(place) === state) return [];
    told.set(place, state);
    const reason = run.reason === null ? '' : `: ${run.reason}`;
    return [`${place + 1}/${entries.length}  ${label}  ${state}${reason}`];
  });
}
