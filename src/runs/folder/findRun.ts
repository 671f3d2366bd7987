/** From what a person types (a folder name, the beginning of one, a path) to the folder of one run. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';

const NAMED_IN_ERROR = 5;

/**
 * The folder of a run: an exact name in the runs folder, else a unique prefix, else a path.
 * @throws HumanError if none or several fit
 */
export async function findRun(runsFolder: string, text: string): Promise<string> {
  const names = await runNames(runsFolder);
  if (names.includes(text)) return join(runsFolder, text);
  const fitting = text === '' ? [] : names.filter((name) => name.startsWith(text));
  if (fitting.length > 1) throw new HumanError(ambiguous(text, fitting));
  if (fitting[0] !== undefined) return join(runsFolder, fitting[0]);
  const path = resolve(text);
  if (looksLikePath(text) && (await isRunFolder(path))) return path;
  throw new HumanError(`There is no run "${text}" in ${runsFolder}: \`supcon list\` shows the runs there.`);
}

/** The names of all run folders in a runs folder, in no particular order; none if the folder is missing. */
export async function runNames(runsFolder: string): Promise<string[]> {
  const entries = await readdir(runsFolder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const checked = await Promise.all(
    folders.map(async ({ name }) => ((await isRunFolder(join(runsFolder, name))) ? [name] : [])),
  );
  return checked.flat();
}

/** Whether a folder is a run of ours. */
export async function isRunFolder(path: string): Promise<boolean> {
  const marks = [RUN_FILE.config, RUN_FILE.run].map((file) => stat(join(path, file)).then(isFile, no));
  return (await Promise.all(marks)).includes(true);
}

function looksLikePath(text: string): boolean {
  return text !== '' && (text === '.' || /[/\\]/.test(text));
}

function ambiguous(text: string, names: readonly string[]): string {
  const shown = [...names].sort().slice(0, NAMED_IN_ERROR).join(', ');
  const more = names.length > NAMED_IN_ERROR ? ` and ${names.length - NAMED_IN_ERROR} more` : '';
  return `"${text}" could be any of ${shown}${more}: type more of the name.`;
}

const isFile = (stats: { isFile(): boolean }) => stats.isFile();
const no = () => false;
