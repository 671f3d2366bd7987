/** `supcon sweep`: many runs from one file, worked through by a process that outlives the terminal. */
import Table from 'cli-table3';
import { formatAge } from '../../domain/display/format';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { SweepSummary } from '../../domain/sweep/files';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { moveInSweep, pauseSweep, resumeSweep, startSweep } from '../../runs/sweep/control';
import { findSweep } from '../../runs/sweep/folder';
import { findWaitingModules } from '../../runs/sweep/modules';
import { listSweeps, summariseSweep } from '../../runs/sweep/summary';
import { consentOf, requireAgreements } from '../consent';
import { followSweep } from '../followSweep';
import { planSweep } from '../planSweep';
import { sweepPrograms } from '../programs';
import { withResults } from '../sweepResults';
import { runsTable, settingsTable } from '../sweepTable';

interface FolderOptions {
  readonly dir?: string;
}

export interface StartSweepOptions extends FolderOptions {
  readonly data?: string;
  readonly set?: readonly string[];
  readonly trust?: boolean;
  readonly plan?: boolean;
  readonly detach?: boolean;
}

/** Starts a sweep and follows it; `--plan` only lists its runs, `--detach` only starts it. */
export async function startSweepCommand(source: string, options: StartSweepOptions): Promise<number> {
  const request = { source, data: options.data, set: options.set ?? [] };
  const { plan, notes } = await planSweep(request, consentOf(options));
  process.stdout.write(notes.map((note) => `${note}\n`).join(''));
  process.stdout.write(`${plan.entries.length} runs: ${plan.entries.map(({ label }) => label).join(', ')}\n`);
  if (options.plan === true) return EXIT_CODE.completed;
  const folder = await startSweep(resolveRunsFolder(process.cwd(), options.dir), plan, sweepPrograms());
  process.stdout.write(`The sweep ${plan.id} works on without this terminal.\n`);
  return options.detach === true ? EXIT_CODE.completed : finish(await followSweep(folder));
}

/** Lists sweeps, newest first. */
export async function listSweepsCommand(options: FolderOptions): Promise<number> {
  const sweeps = await listSweeps(resolveRunsFolder(process.cwd(), options.dir));
  const table = new Table({ head: ['sweep', 'state', 'runs', 'created'], style: { head: [], border: [] } });
  for (const { id, state, entries, waiting, createdAt } of sweeps) {
    const done = `${entries.length - waiting.length} of ${entries.length}`;
    table.push([id, state, done, formatAge(createdAt, Date.now())]);
  }
  process.stdout.write(
    sweeps.length === 0 ? 'No sweeps yet: `supcon sweep start FILE`.\n' : `${table.toString()}\n`,
  );
  return EXIT_CODE.completed;
}

/** Shows the runs of a sweep, and its settings with mean and spread over seeds. */
export async function showSweepCommand(
  text: string,
  options: FolderOptions & { json?: boolean },
): Promise<number> {
  const sweep = await summariseSweep(await locate(text, options));
  const entries = await withResults(sweep);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ...sweep, entries }, null, 2)}\n`
      : `${sweep.id}: ${sweep.state}\n${runsTable(sweep)}\n${settingsTable(entries)}\n`,
  );
  return EXIT_CODE.completed;
}

/** Pauses after the present run, or with `--now` by stopping it. */
export async function pauseSweepCommand(
  text: string,
  options: FolderOptions & { now?: boolean },
): Promise<number> {
  await pauseSweep(await locate(text, options), options.now === true ? 'now' : 'after-run');
  return EXIT_CODE.completed;
}

/** Goes on with a sweep and follows it. */
export async function resumeSweepCommand(
  text: string,
  options: FolderOptions & { detach?: boolean; trust?: boolean },
): Promise<number> {
  const folder = await locate(text, options);
  await requireAgreements(await findWaitingModules(folder), consentOf(options));
  await resumeSweep(folder, sweepPrograms());
  return options.detach === true ? EXIT_CODE.completed : finish(await followSweep(folder));
}

/** Moves a waiting run; both places count from 1, as `show` prints them. */
export async function moveSweepCommand(
  text: string,
  entry: string,
  options: FolderOptions & { to?: string },
): Promise<number> {
  await moveInSweep(await locate(text, options), placeOf(entry), placeOf(options.to ?? '1'));
  return EXIT_CODE.completed;
}

function locate(text: string, { dir }: FolderOptions): Promise<string> {
  return findSweep(resolveRunsFolder(process.cwd(), dir), text);
}

function placeOf(text: string): number {
  const place = Number(text);
  if (Number.isInteger(place) && place >= 1) return place - 1;
  throw new HumanError(`"${text}" is no place: count from 1, as \`supcon sweep show\` does.`);
}

async function finish(sweep: SweepSummary): Promise<number> {
  process.stdout.write(`${settingsTable(await withResults(sweep))}\n`);
  if (sweep.state === 'paused') return EXIT_CODE.stopped;
  const isClean =
    sweep.state === 'completed' && sweep.entries.every(({ run }) => run?.endState === 'completed');
  return isClean ? EXIT_CODE.completed : EXIT_CODE.failed;
}
