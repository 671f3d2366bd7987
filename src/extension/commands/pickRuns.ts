/** Which runs a command is about: the selected rows and groups of the tree, or the user's choice. */
import type { RunSummary } from '../../domain/run/state';
import { SELECTION } from '../constants';
import type { Services } from '../services';
import type { RunQuestion } from './pickRun';
import { pickRun } from './pickRun';

/** What a command was called with: the row under the pointer, and every selected row. */
export interface Called {
  readonly argument: unknown;
  readonly selection: unknown;
}

/**
 * The runs that a command is about, groups as their runs, those that do not qualify left out; none if the user turns
 * away. Without a row the user chooses one.
 */
export async function pickRuns(
  { store, tree }: Services,
  called: Called,
  question: RunQuestion,
): Promise<RunSummary[]> {
  const folders = foldersIn(tree, called);
  if (folders.length === 0) {
    const run = await pickRun(store, undefined, question);
    return run === undefined ? [] : [run];
  }
  const runs = folders.flatMap((folder) => store.get(folder) ?? []);
  return runs.filter((run) => question.qualifies(run));
}

/** The run folders that a command was called with, each once, groups as their runs. */
export function foldersIn(tree: Services['tree'], called: Called): string[] {
  return [...new Set(rowsOf(called, tree.selection).flatMap((row) => tree.foldersOf(row)))];
}

/** The editor hands over the row and, if that row is selected with others, all of them. */
function rowsOf({ argument, selection }: Called, selected: readonly string[]): readonly string[] {
  if (argument === SELECTION) return selected;
  const several = Array.isArray(selection) ? selection.filter((row) => typeof row === 'string') : [];
  if (several.length > 0) return several;
  return typeof argument === 'string' ? [argument] : [];
}
