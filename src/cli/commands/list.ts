/** `supcon list`: the runs of a folder, newest first unless asked otherwise. */
import Table from 'cli-table3';
import { formatAge, formatCount, formatPercent } from '../../domain/display/format';
import { EXIT_CODE } from '../../domain/errors';
import { NO_FILTER, passes } from '../../domain/run/list/filter';
import { NEWEST_FIRST, parseSortKeys, sortRecords } from '../../domain/run/list/sorting';
import type { RunRecord } from '../../domain/run/record';
import type { RunSummary } from '../../domain/run/state';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { listRecords } from '../../runs/index/runIndex';
import { headlineText, stateText } from '../words';

export interface ListOptions {
  readonly dir?: string;
  readonly json?: boolean;
  /** Archived runs too. */
  readonly archived?: boolean;
  readonly tag?: readonly string[];
  readonly sort?: string;
}

/** Prints the runs; the exit code. Throws HumanError for a sort key that no run has. */
export async function list(options: ListOptions): Promise<number> {
  const records = await listRecords(resolveRunsFolder(process.cwd(), options.dir));
  const filter = {
    ...NO_FILTER,
    tags: options.tag ?? [],
    archived: options.archived === true ? 'show' : 'hide',
  } as const;
  const keys = options.sort === undefined ? NEWEST_FIRST : parseSortKeys(options.sort, records);
  const shown = sortRecords(records, keys).filter((record) => passes(record, filter));
  const runs = shown.map(({ summary }) => summary);
  const text = options.json === true ? JSON.stringify(runs, null, 2) : textOf(runs, records);
  process.stdout.write(`${text}\n`);
  return EXIT_CODE.completed;
}

function textOf(runs: readonly RunSummary[], all: readonly RunRecord[]): string {
  if (all.length === 0) return 'No runs yet: start one with "supcon train demonstration".';
  const hidden = all.length - runs.length;
  const note = hidden === 0 ? [] : [hiddenText(all, runs)];
  return [...(runs.length === 0 ? [] : [tableOf(runs)]), ...note].join('\n');
}

/** What is not shown is said, so that nobody looks for a lost run. */
function hiddenText(all: readonly RunRecord[], runs: readonly RunSummary[]): string {
  const archived =
    all.filter(({ summary }) => summary.archived).length - runs.filter((run) => run.archived).length;
  const others = all.length - runs.length - archived;
  const parts = [
    archived === 0 ? '' : `${formatCount(archived)} archived (--archived shows them)`,
    others === 0 ? '' : `${formatCount(others)} without the tag`,
  ];
  return `Not shown: ${parts.filter((part) => part !== '').join(', ')}.`;
}

function tableOf(runs: readonly RunSummary[]): string {
  const isMarked = runs.some((run) => marksOf(run) !== '');
  const table = new Table({
    head: ['run', 'state', 'progress', 'headline', 'created', ...(isMarked ? ['tags'] : [])],
    style: { head: [], border: [] },
  });
  for (const run of runs) {
    const progress = run.progress === null ? '' : formatPercent(run.progress.fraction);
    const created = formatAge(run.createdAt, Date.now());
    const marks = isMarked ? [marksOf(run)] : [];
    table.push([run.id, stateText(run), progress, headlineText(run), created, ...marks]);
  }
  return table.toString();
}

function marksOf({ starred, archived, tags }: RunSummary): string {
  return [...(starred ? ['★'] : []), ...tags, ...(archived ? ['(archived)'] : [])].join(' ');
}
