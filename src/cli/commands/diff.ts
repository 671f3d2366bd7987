/** `supcon diff RUN RUN...`: what differs between runs, or between configuration files. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import Table from 'cli-table3';
import { diffMarkdown } from '../../domain/diff/markdown';
import type { RunDiff } from '../../domain/diff/runDiff';
import type { DiffTable, Shown } from '../../domain/diff/tables';
import { diffTables } from '../../domain/diff/tables';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { compareConfigurationFiles, compareRunFolders } from '../../runs/diff/compare';
import { findRun } from '../../runs/folder/findRun';
import { findForeign } from '../../runs/foreign/findForeign';
import { summariseForeign } from '../../runs/foreign/summary';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';

export interface DiffOptions {
  readonly dir?: string;
  /** One of the runs, in place of the first. */
  readonly baseline?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Prints the diff; the exit code. */
export async function diff(names: readonly string[], options: DiffOptions): Promise<number> {
  if (options.json === true && options.markdown === true)
    throw new HumanError('--json and --markdown exclude each other: leave one out.');
  const found = await compare(names, options);
  process.stdout.write(textOf(found, options));
  return EXIT_CODE.completed;
}

async function compare(names: readonly string[], options: DiffOptions): Promise<RunDiff> {
  const all = options.baseline === undefined ? names : [options.baseline, ...names];
  const areFiles = await Promise.all(all.map(isFile));
  if (areFiles.every(Boolean)) return compareConfigurationFiles(unique(all));
  if (areFiles.some(Boolean))
    throw new HumanError('A run cannot be compared with a file: name runs only, or configurations only.');
  const runsFolder = resolveRunsFolder(process.cwd(), options.dir);
  const others = new Map<string, RunSummary>();
  const folderOf = async (name: string) => {
    try {
      return await findRun(runsFolder, name);
    } catch (thrown) {
      const other = await runOfOthers(name, runsFolder);
      if (other === undefined) throw thrown;
      others.set(other.folder, other);
      return other.folder;
    }
  };
  const folders = await Promise.all(all.map(folderOf));
  return compareRunFolders(options.baseline === undefined ? folders : unique(folders), (folder) =>
    others.get(folder),
  );
}

/** The run that others have left in the folder of a path; undefined if there is none. */
async function runOfOthers(path: string, runsFolder: string): Promise<RunSummary | undefined> {
  const folder = resolve(path);
  const found = (await findForeign(folder)).find((run) => run.folder === folder);
  return found && summariseForeign(found, runsFolder);
}

/** A baseline that is also named among the others is one run. */
function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

function textOf(found: RunDiff, { all, json, markdown }: DiffOptions): string {
  const shown: Shown = all === true ? 'all' : 'differences';
  if (json === true) return `${JSON.stringify(found, null, 2)}\n`;
  if (markdown === true) return diffMarkdown(found, shown);
  return `${diffTables(found, shown).map(sectionText).join('\n\n')}\n`;
}

function sectionText({ title, summary, head, rows, code, notes }: DiffTable): string {
  const heading = summary === '' ? title : `${title}: ${summary}`;
  return [heading, ...(rows.length === 0 ? [] : [tableText(head, rows)]), ...code, ...notes].join('\n');
}

/** Columns without lines between them: a diff is read down, and copied. */
function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split('\n');
  return lines.map((line) => `  ${line.trimEnd()}`).join('\n');
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '   ',
};
