/** From what the host told and what the reader chose to what stands on the screen. */
import type { Arrangement, Entry, ShownColumn } from '../../../src/domain/runsTable/arrange';
import { arrange, filteredRows, inSeenOrder, shownColumns } from '../../../src/domain/runsTable/arrange';
import { bestOf } from '../../../src/domain/runsTable/compare';
import type { TableColumn } from '../../../src/domain/runsTable/columns';
import { columnsOf } from '../../../src/domain/runsTable/columns';
import type { TableLayout } from '../../../src/domain/runsTable/layout';
import type { RunRow } from '../../../src/domain/runsTable/row';
import type { Selection } from '../../../src/domain/runsTable/selection';
import type { TableModel } from './model';

/** Everything that decides about the picture. */
export interface TableState {
  readonly model: TableModel;
  readonly layout: TableLayout;
  readonly search: string;
  readonly openGroups: ReadonlySet<string>;
  readonly selection: Selection;
  /** Keys of entries whose order is to be kept while values change; undefined to sort afresh. */
  readonly seen: readonly string[] | undefined;
}

/** What the panels draw. */
export interface TableView {
  /** Every column that there could be, for the chooser. */
  readonly known: readonly TableColumn[];
  readonly columns: readonly ShownColumn[];
  readonly entries: readonly Entry[];
  /** The rows behind the entries, those of closed groups among them, in order. */
  readonly rows: readonly RunRow[];
  /** The best value by column id, among these rows. */
  readonly best: ReadonlyMap<string, number>;
  /** Whether a kept order is no longer that of the sort keys. */
  readonly isOutOfOrder: boolean;
}

/** The view of a state. */
export function viewOf(state: TableState): TableView {
  const { layout, search, openGroups, seen } = state;
  const all = [...state.model.rows.values()];
  const known = columnsOf(all);
  const arrangement: Arrangement = { layout, columns: known, search, openGroups };
  const passed = filteredRows(all, arrangement);
  const sorted = arrange(passed, arrangement);
  const entries = seen ? inSeenOrder(sorted, seen) : sorted;
  const columns = shownColumns(layout, known, passed);
  return {
    known,
    columns,
    entries,
    rows: entries.flatMap(rowsOf),
    best: bestByColumn(columns, passed),
    isOutOfOrder: entries.some(({ key }, place) => key !== sorted[place]?.key),
  };
}

/** The runs behind an entry. Those of an open group stand for themselves. */
export function rowsOf(entry: Entry): readonly RunRow[] {
  if (entry.kind === 'run') return [entry.row];
  return entry.isOpen ? [] : entry.group.rows;
}

/** The runs that a click on an entry is about: for a group's head all of its runs. */
export function foldersOf(entry: Entry): readonly string[] {
  const rows = entry.kind === 'run' ? [entry.row] : entry.group.rows;
  return rows.map(({ summary }) => summary.folder);
}

function bestByColumn(columns: readonly ShownColumn[], rows: readonly RunRow[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { id, column } of columns) {
    const value = bestOf(column, rows);
    if (value !== undefined) best.set(id, value);
  }
  return best;
}
