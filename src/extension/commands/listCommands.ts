/** Commands about the list of runs: groups, order, and walking through it. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { GROUPINGS } from '../../domain/run/list/grouping';
import type { SortKey } from '../../domain/run/list/sorting';
import { figureSortKeys, NEWEST_FIRST, SORT_KEYS } from '../../domain/run/list/sorting';
import type { Services } from '../services';
import { describeRow } from '../views/runItem';
import { sortText } from '../views/tree/treeTexts';

/** Groups the list by experiment, seed group, sweep or date, or not at all. */
export async function groupRuns({ tree }: Services): Promise<void> {
  const items = GROUPINGS.map(({ by, label }) => ({
    label: by === 'none' ? l10n.t('No groups') : l10n.t('By {0}', label),
    description: by === tree.listView.grouping ? l10n.t('now') : '',
    by,
  }));
  const choice = await vscode.window.showQuickPick(items, { title: l10n.t('Group Runs') });
  if (choice) tree.look({ grouping: choice.by });
}

/** Sorts the list by one key, ties by the key before it; the same key again turns it round. */
export async function sortRuns({ tree, store }: Services): Promise<void> {
  const now = tree.listView.sort;
  const keys = [...SORT_KEYS, ...figureSortKeys(store.records)];
  const items = keys.map(({ by, descending }) => {
    const active = now[0]?.by === by ? now[0] : undefined;
    const key = active === undefined ? { by, descending } : { by, descending: !active.descending };
    return { label: sortText(key), description: active === undefined ? '' : l10n.t('turns round'), key };
  });
  const placeHolder = l10n.t('Now: {0}', orderText(now));
  const choice = await vscode.window.showQuickPick(items, { title: l10n.t('Sort Runs'), placeHolder });
  if (choice) tree.look({ sort: withFirst(choice.key, now) });
}

/** Finds a run by name, tag or notes, whatever the filter hides, and goes to it. */
export async function searchRuns({ store, tree }: Services): Promise<void> {
  const items = store.runs.map((run) => {
    const row = describeRow(run);
    return {
      label: `$(${row.icon}) ${run.name}`,
      description: row.description,
      detail: firstLine(run.notes),
      run,
    };
  });
  const options = { title: l10n.t('Go to Run'), matchOnDescription: true, matchOnDetail: true };
  const folder = (await vscode.window.showQuickPick(items, options))?.run.folder;
  if (folder === undefined) return;
  store.select(folder);
  await tree.reveal(folder);
}

/** Shows the run below the one that is shown. */
export function nextRun(services: Services): Promise<void> {
  return step(services, 1);
}

/** Shows the run above the one that is shown. */
export function previousRun(services: Services): Promise<void> {
  return step(services, -1);
}

async function step({ store, tree }: Services, by: number): Promise<void> {
  const { folders } = tree;
  const at = folders.indexOf(store.shown?.folder ?? '');
  const next = folders[at === -1 ? 0 : at + by];
  if (next === undefined) return;
  store.select(next);
  await tree.reveal(next);
}

/** The earlier order stays as a second key, so that choosing two keys in turn sorts by both. */
function withFirst(key: SortKey, now: readonly SortKey[]): readonly SortKey[] {
  const MOST_KEYS = 3;
  const others = now.filter(({ by }) => by !== key.by && by !== NEWEST_FIRST[0]?.by);
  return [key, ...others].slice(0, MOST_KEYS);
}

/** For example `↓ kNN, then ↑ name`. */
function orderText(order: readonly SortKey[]): string {
  return order.map(sortText).reduce((before, next) => l10n.t('{0}, then {1}', before, next));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
