/** The page's own state, what may change it, and the view that follows. Panels read it and ask it; it draws nothing. */
import type { Filter } from '../../../src/domain/runsTable/filter';
import type { TableLayout } from '../../../src/domain/runsTable/layout';
import { addFilter, DEFAULT_LAYOUT, repaired } from '../../../src/domain/runsTable/layout';
import type { RunRow } from '../../../src/domain/runsTable/row';
import type { SelectionMode } from '../../../src/domain/runsTable/selection';
import { NOTHING, pruned, select, selectAll } from '../../../src/domain/runsTable/selection';
import { toggleSort } from '../../../src/domain/runsTable/sort';
import type { TableHostMessage } from '../../../src/protocol/pages/table';
import { fold, INITIAL_MODEL } from './model';
import type { Remembered } from './remembered';
import type { TableState, TableView } from './view';
import { viewOf } from './view';

/** Who is told what. */
export interface StoreListeners {
  /** Something changed: draw. */
  onChange(): void;
  /** The reader changed the layout: keep it. */
  onLayout(layout: TableLayout): void;
}

/** State and view of the page. */
export class TableStore {
  readonly #listeners: StoreListeners;
  #state: TableState;
  #view: TableView | undefined;

  constructor({ search, openGroups, selected }: Remembered, listeners: StoreListeners) {
    this.#listeners = listeners;
    this.#state = {
      model: INITIAL_MODEL,
      layout: DEFAULT_LAYOUT,
      search,
      openGroups: new Set(openGroups),
      selection: { ...NOTHING, chosen: new Set(selected) },
      seen: undefined,
    };
  }

  get state(): TableState {
    return this.#state;
  }

  get view(): TableView {
    return (this.#view ??= viewOf(this.#state));
  }

  /** The selected runs in the order of the table, those that a filter hides left out. */
  get selectedRows(): readonly RunRow[] {
    const { chosen } = this.#state.selection;
    return chosen.size === 0 ? [] : this.view.rows.filter(({ summary }) => chosen.has(summary.folder));
  }

  /** Folds a message. While the reader's hand is on the table nothing moves. Returns whether a delta was missed. */
  receive(message: TableHostMessage, isInUse: boolean): boolean {
    const isFirst = this.#state.model.sequence === null;
    const seen = isInUse && !isFirst ? this.view.entries.map(({ key }) => key) : undefined;
    const { model, missed } = fold(this.#state.model, message);
    const layout = isFirst && model.layout ? repaired(model.layout) : this.#state.layout;
    const selection = pruned(this.#state.selection, (folder) => model.rows.has(folder));
    this.#change({ model, layout, selection, seen });
    return missed;
  }

  updateLayout(change: (layout: TableLayout) => TableLayout): void {
    const layout = change(this.#state.layout);
    if (layout === this.#state.layout) return;
    this.#change({ layout, seen: undefined });
    this.#listeners.onLayout(layout);
  }

  sort(column: string, how: 'only' | 'add'): void {
    this.updateLayout((layout) => ({ ...layout, sort: toggleSort(layout.sort, column, how) }));
  }

  filter(filter: Filter): void {
    this.updateLayout((layout) => addFilter(layout, filter));
  }

  setSearch(search: string): void {
    if (search !== this.#state.search) this.#change({ search, seen: undefined });
  }

  toggleGroup(key: string): void {
    const openGroups = new Set(this.#state.openGroups);
    if (!openGroups.delete(key)) openGroups.add(key);
    this.#change({ openGroups, seen: undefined });
  }

  select(folders: readonly string[], mode: SelectionMode): void {
    this.#change({ selection: select(this.#state.selection, folders, mode, this.#order) });
  }

  selectAll(): void {
    this.#change({ selection: selectAll(this.#state.selection, this.#order) });
  }

  selectNothing(): void {
    this.#change({ selection: NOTHING });
  }

  sortAgain(): void {
    this.#change({ seen: undefined });
  }

  get #order(): string[] {
    return this.view.rows.map(({ summary }) => summary.folder);
  }

  #change(change: Partial<TableState>): void {
    // A selection changes nothing about columns and order, which are dear to make anew.
    const isSelection = Object.keys(change).every((key) => key === 'selection');
    if (!isSelection) this.#view = undefined;
    this.#state = { ...this.#state, ...change };
    this.#listeners.onChange();
  }
}
