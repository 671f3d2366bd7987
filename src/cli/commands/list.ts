/** `supcon list`: every run, newest first. */
import Table from 'cli-table3';
import { formatAge, formatPercent } from '../../domain/display/format';
import { EXIT_CODE } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { listRuns } from '../../runs/list';
import { headlineText, stateText } from '../words';

export interface ListOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** Prints the runs; the exit code. */
export async function list(options: ListOptions): Promise<number> {
  const runs = await listRuns(resolveRunsFolder(process.cwd(), options.dir));
  process.stdout.write(options.json === true ? `${JSON.stringify(runs, null, 2)}\n` : `${tableOf(runs)}\n`);
  return EXIT_CODE.completed;
}

function tableOf(runs: readonly RunSummary[]): string {
  if (runs.length === 0) return 'No runs yet: start one with "supcon train demonstration".';
  const table = new Table({
    head: ['run', 'state', 'progress', 'headline', 'created'],
    style: { head: [], border: [] },
  });
  for (const run of runs) {
    const progress = run.progress === null ? '' : formatPercent(run.progress.fraction);
    table.push([run.id, stateText(run), progress, headlineText(run), formatAge(run.createdAt, Date.now())]);
  }
  return table.toString();
}
