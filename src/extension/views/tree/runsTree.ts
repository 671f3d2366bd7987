/**
 * The tree of runs in the side bar. Selecting a run shows it in the dashboard below. How the list is looked at
 * (groups, order, filter) belongs to the window; an active filter is always written above the list.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isLive } from '../../../domain/display/runLook';
import { isActive } from '../../../domain/run/list/filter';
import type { ListView } from '../../../domain/run/list/view';
import { parseListView } from '../../../domain/run/list/view';
import { CONTEXT, VIEW } from '../../constants';
import type { Disposable } from '../../disposable';
import { DisposableStore } from '../../disposable';
import type { RunStore } from '../../runs/runStore';
import type { RunRow } from '../runItem';
import { isGroupId, TreeModel } from './treeModel';
import { counted, descriptionText, messageText } from './treeTexts';

const VIEW_KEY = 'supcon.listView';
/** Days change, and with them the groups by date. */
const CALENDAR_MS = 60_000;
/** Up to so many groups are open at first. */
const OPEN_GROUPS = 12;

/** The tree view and what it shows. */
export class RunsTree implements Disposable, vscode.TreeDataProvider<string> {
  readonly #owned = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<string | string[] | undefined>();
  readonly #model = new TreeModel();
  readonly #store: RunStore;
  readonly #memento: vscode.Memento;
  readonly #tree: vscode.TreeView<string>;
  #listView: ListView;

  constructor(store: RunStore, memento: vscode.Memento) {
    this.#store = store;
    this.#memento = memento;
    this.#listView = parseListView(memento.get(VIEW_KEY));
    this.#owned.add(this.#changed);
    this.#tree = this.#owned.add(
      vscode.window.createTreeView(VIEW.runs, {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this.#owned.add(this.#tree.onDidChangeSelection(({ selection }) => this.#follow(selection)));
    this.#owned.add(store.onDidChange(() => this.#refresh()));
    const calendar = setInterval(() => this.#refresh(), CALENDAR_MS);
    this.#owned.add({ dispose: () => clearInterval(calendar) });
    this.#refresh();
  }

  readonly onDidChangeTreeData = this.#changed.event;

  /** Grouping, order and filter. */
  get listView(): ListView {
    return this.#listView;
  }

  /** Ids of the selected nodes. */
  get selection(): readonly string[] {
    return this.#tree.selection;
  }

  /** Run folders as they stand in the tree from top to bottom, whether their groups are open or not. */
  get folders(): readonly string[] {
    return this.#model.childrenOf().flatMap((id) => this.#model.foldersOf(id));
  }

  /** Looks at the list in another way, now and after a reload. */
  look(changes: Partial<ListView>): void {
    this.#listView = { ...this.#listView, ...changes };
    void this.#memento.update(VIEW_KEY, this.#listView);
    this.#refresh();
  }

  /** The run folders that an id stands for: one, or those of a group. */
  foldersOf(id: string): readonly string[] {
    return this.#model.foldersOf(id);
  }

  /** Selects a run and scrolls to it; false if the filter hides it. */
  async reveal(folder: string): Promise<boolean> {
    if (this.#model.rowOf(folder) === undefined) return false;
    await this.#tree.reveal(folder, { select: true, focus: true });
    return true;
  }

  getChildren(id?: string): string[] {
    return [...this.#model.childrenOf(id)];
  }

  getParent(id: string): string | undefined {
    return this.#model.parentOf(id);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.#model.rowOf(id);
    return row ? treeItem(id, row, this.#collapsibleState(id)) : new vscode.TreeItem(id);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #refresh(): void {
    const { records } = this.#store;
    const change = this.#model.update(records, this.#listView, Date.now());
    if (change === 'all') this.#changed.fire(undefined);
    else if (change.length > 0) this.#changed.fire([...change]);
    this.#write();
  }

  /** Message, description and badge; the editor draws them again only when they differ. */
  #write(): void {
    const { records } = this.#store;
    const live = records.filter(({ summary }) => isLive(summary)).length;
    const message = messageText(this.#listView, records, this.#model.shown);
    const description = descriptionText(this.#listView, records);
    if ((this.#tree.message ?? '') !== message) this.#tree.message = message;
    if ((this.#tree.description ?? '') !== description) this.#tree.description = description;
    if ((this.#tree.badge?.value ?? 0) !== live)
      this.#tree.badge = live === 0 ? undefined : { value: live, tooltip: l10n.t('{0} live', counted(live)) };
    const active = isActive(this.#listView.filter);
    if (active !== this.#wasActive)
      void vscode.commands.executeCommand('setContext', CONTEXT.filterActive, active);
    this.#wasActive = active;
  }

  #wasActive = false;

  #follow([id, ...others]: readonly string[]): void {
    if (id !== undefined && others.length === 0 && !isGroupId(id)) this.#store.select(id);
  }

  #collapsibleState(id: string): vscode.TreeItemCollapsibleState {
    if (!isGroupId(id)) return vscode.TreeItemCollapsibleState.None;
    const opens = this.#model.childrenOf().length <= OPEN_GROUPS;
    return opens ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  }
}

function treeItem(id: string, row: RunRow, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.id = id;
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.iconPath = new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(row.colour));
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  return item;
}
