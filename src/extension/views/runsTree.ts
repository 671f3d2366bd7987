/** The tree of runs in the side bar; selecting a run shows it in the dashboard below. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../domain/run/state';
import { VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { RunStore } from '../runs/runStore';
import { describeRow } from './runItem';

/** Creates the tree view. */
export function createRunsTree(store: RunStore): Disposable {
  const owned = new DisposableStore();
  const provider = owned.add(new RunsProvider(store));
  const view = owned.add(
    vscode.window.createTreeView(VIEW.runs, {
      treeDataProvider: provider,
      showCollapseAll: false,
      canSelectMany: true,
    }),
  );
  owned.add(
    view.onDidChangeSelection(({ selection }) => {
      const [folder] = selection;
      if (folder !== undefined) store.select(folder);
    }),
  );
  return owned;
}

/** Items are run folders: strings stay equal while the run behind them changes. */
class RunsProvider implements vscode.TreeDataProvider<string> {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #subscription: Disposable;
  readonly #store: RunStore;
  #rows = new Map<string, string>();

  constructor(store: RunStore) {
    this.#store = store;
    this.#subscription = store.onDidChange((runs) => this.#announce(runs));
  }

  readonly onDidChangeTreeData = this.#changed.event;

  getChildren(folder?: string): string[] {
    return folder === undefined ? this.#store.runs.map((run) => run.folder) : [];
  }

  getTreeItem(folder: string): vscode.TreeItem {
    const run = this.#store.get(folder);
    return run ? treeItem(run) : new vscode.TreeItem(folder);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Only rows that read differently are drawn again, so nothing flickers under the pointer. */
  #announce(runs: readonly RunSummary[]): void {
    const rows = new Map(runs.map((run) => [run.folder, JSON.stringify(describeRow(run))]));
    const before = this.#rows;
    this.#rows = rows;
    const isSameSet = rows.size === before.size && [...rows.keys()].every((key) => before.has(key));
    if (!isSameSet) {
      this.#changed.fire(undefined);
      return;
    }
    for (const [folder, row] of rows) if (before.get(folder) !== row) this.#changed.fire(folder);
  }
}

function treeItem(run: RunSummary): vscode.TreeItem {
  const row = describeRow(run);
  const item = new vscode.TreeItem(row.label);
  item.id = run.folder;
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.iconPath = new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(row.colour));
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  return item;
}
