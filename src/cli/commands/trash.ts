/** `supcon delete`, `supcon restore`, `supcon trash`: a deleted run can come back until the trash is emptied. */
import { basename } from 'node:path';
import Table from 'cli-table3';
import { formatAge, formatBytes } from '../../domain/display/format';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import type { SizedRun, TrashedRun } from '../../runs/trash/trash';
import { destroy, listTrash, measureTrash, restoreRun, trashRun } from '../../runs/trash/trash';

interface FolderOption {
  readonly dir?: string;
}

export interface TrashOptions extends FolderOption {
  readonly empty?: boolean;
  readonly json?: boolean;
}

/** Moves runs to the trash; the exit code. Throws HumanError for one that lives. */
export async function deleteRuns(texts: readonly string[], options: FolderOption): Promise<number> {
  const runsFolder = resolveRunsFolder(process.cwd(), options.dir);
  const folders = await Promise.all(texts.map((text) => findRun(runsFolder, text)));
  for (const folder of folders) {
    const { id } = await trashRun(folder);
    process.stdout.write(`${id} is in the trash: "supcon restore ${id}" brings it back.\n`);
  }
  return EXIT_CODE.completed;
}

/** Brings runs back from the trash, the last deleted of a name; the exit code. */
export async function restoreRuns(texts: readonly string[], options: FolderOption): Promise<number> {
  const trash = await listTrash(resolveRunsFolder(process.cwd(), options.dir));
  for (const run of texts.map((text) => findTrashed(trash, text)))
    process.stdout.write(`${basename(await restoreRun(run))} is restored.\n`);
  return EXIT_CODE.completed;
}

/** Shows what the trash holds, or empties it; the exit code. */
export async function showTrash({ dir, empty, json }: TrashOptions): Promise<number> {
  const runsFolder = resolveRunsFolder(process.cwd(), dir);
  const runs = await measureTrash(runsFolder);
  if (empty === true) await destroy(runsFolder, runs);
  process.stdout.write(`${json === true ? JSON.stringify(runs, null, 2) : textOf(runs, empty === true)}\n`);
  return EXIT_CODE.completed;
}

function textOf(runs: readonly SizedRun[], emptied: boolean): string {
  if (runs.length === 0) return 'The trash is empty.';
  const total = formatBytes(runs.reduce((sum, { bytes }) => sum + bytes, 0));
  const counted = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${total}`;
  if (emptied) return `Destroyed ${counted}.`;
  const table = new Table({ head: ['run', 'deleted', 'size'], style: { head: [], border: [] } });
  for (const { id, trashedAt, bytes } of runs)
    table.push([id, formatAge(trashedAt, Date.now()), formatBytes(bytes)]);
  return `${table.toString()}\n${counted}: "supcon trash --empty" destroys them for good.`;
}

/** The run of this name, or the only one whose name begins so. */
function findTrashed(trash: readonly TrashedRun[], text: string): TrashedRun {
  const exact = trash.find(({ id }) => id === text);
  if (exact !== undefined) return exact;
  const fitting = trash.filter(({ id }) => text !== '' && id.startsWith(text));
  const [only] = fitting;
  if (only !== undefined && new Set(fitting.map(({ id }) => id)).size === 1) return only;
  throw new HumanError(
    only === undefined
      ? `No run "${text}" is in the trash: \`supcon trash\` shows what is.`
      : `"${text}" could be any of ${fitting.map(({ id }) => id).join(', ')}: type more of the name.`,
  );
}
