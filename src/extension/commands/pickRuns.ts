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
  if (rowsOf(called, tree.selection).length === 0) {
    const run = await pickRun(store, undefined, question);
    return run === undefined ? [] : [run];
  }
  return calledRuns({ store, tree }, called).filter((run) => question.qualifies(run));
}

/** The runs of the rows that a command was called with, groups as their runs; none without a row. */
export function calledRuns({ store, tree }: Pick<Services, 'store' | 'tree'>, called: Called): RunSummary[] {
  const folders = new Set(rowsOf(called, tree.selection).flatMap((row) => tree.foldersOf(row)));
  return [...folders].flatMap((folder) => store.get(folder) ?? []);
}

/** The editor hands over the row and, if that row is selected with others, all of them. */
function rowsOf({ argument, selection }: Called, selected: readonly string[]): readonly string[] {
  if (argument === SELECTION) return selected;
  const several = Array.isArray(selection) ? selection.filter((row) => typeof row === 'string') : [];
  if (several.length > 0) return several;
  return typeof argument === 'string' ? [argument] : [];
}
