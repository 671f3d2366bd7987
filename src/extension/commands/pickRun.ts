/** Which run a command is about: its argument, the only candidate, or the user's choice. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import type { RunStore } from '../runs/runStore';
import { describeRow } from '../views/runItem';

/** What to choose from, and what to say. */
export interface RunQuestion {
  readonly title: string;
  /** Said if no run qualifies. */
  readonly none: string;
  qualifies(run: RunSummary): boolean;
}

/**
 * The run a command is about; undefined if there is none or the user turns away.
 * @param argument a run folder, from tree, page or notification; anything else is ignored
 */
export async function pickRun(
  store: RunStore,
  argument: unknown,
  question: RunQuestion,
): Promise<RunSummary | undefined> {
  if (typeof argument === 'string') {
    const named = store.get(argument);
    if (named) return named;
  }
  const candidates = store.runs.filter((run) => question.qualifies(run));
  const [only] = candidates;
  if (!only) {
    void vscode.window.showInformationMessage(question.none);
    return undefined;
  }
  return candidates.length === 1 ? only : choose(candidates, question.title);
}

/** The folders of runs that the user chooses beside some that are there already; none if the user turns away. */
export async function pickMoreRuns(store: RunStore, present: readonly string[]): Promise<readonly string[]> {
  const candidates = store.runs.filter(({ folder }) => !present.includes(folder));
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('Every run of this window is on the dashboard already.'),
    );
    return [];
  }
  const chosen = await vscode.window.showQuickPick(candidates.map(itemOf), {
    title: l10n.t('Add which runs to the dashboard?'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return (chosen ?? []).map(({ run }) => run.folder);
}

/** A run beside some that are there already; undefined if the user turns away. Throws HumanError if there is no other. */
export async function pickOtherRun(
  store: RunStore,
  present: readonly string[],
  title: string,
): Promise<RunSummary | undefined> {
  const candidates = store.runs.filter(({ folder }) => !present.includes(folder));
  if (candidates.length === 0)
    throw new HumanError(l10n.t('There is no other run here: start one with "SupCon: Start SupCon Run".'));
  return choose(candidates, title);
}

async function choose(candidates: readonly RunSummary[], title: string): Promise<RunSummary | undefined> {
  const items = candidates.map(itemOf);
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.run;
}

function itemOf(run: RunSummary) {
  const row = describeRow(run);
  return { label: `$(${row.icon}) ${run.name}`, description: row.description, run };
}
