/**
 * From all rows and the layout to what stands on the screen: shown columns, and entries in order. An order that was
 * seen can be kept while rows change, so that nothing moves under the pointer.
 */
import { differs } from './compare';
import type { TableColumn } from './columns';
import { predicateOf, searchRows } from './filter';
import type { RowGroup } from './groups';
import { groupBySeed, groupValue } from './groups';
import type { LayoutColumn, TableLayout } from './layout';
import type { RunRow } from './row';
import { sortBy } from './sort';

/** A column of the layout that the rows can fill. */
export interface ShownColumn extends LayoutColumn {
  readonly column: TableColumn;
}

/** One line of the table: a run, or the head of two or more runs of a seed group. */
export type Entry =
  | { readonly kind: 'run'; readonly key: string; readonly row: RunRow; readonly isMember: boolean }
  | { readonly kind: 'group'; readonly key: string; readonly group: RowGroup; readonly isOpen: boolean };

/** What decides about the entries beside the rows. */
export interface Arrangement {
  readonly layout: TableLayout;
  readonly columns: readonly TableColumn[];
  readonly search: string;
  /** Keys of the groups whose runs are shown. */
  readonly openGroups: ReadonlySet<string>;
}

/** The rows that pass all filters and the search. Filters of columns that no run has any more are passed over. */
export function filteredRows(
  rows: readonly RunRow[],
  { layout, columns, search }: Omit<Arrangement, 'openGroups'>,
): readonly RunRow[] {
  const tests = layout.filters.flatMap((filter) => {
    const column = columns.find(({ id }) => id === filter.column);
    return column ? [predicateOf(filter, column)] : [];
  });
  const passed = tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
  return searchRows(passed, search, searchable(layout, columns));
}

/** The columns of the layout that exist, without those that do not differ if that is asked for. */
export function shownColumns(
  { columns, onlyDiffering }: Pick<TableLayout, 'columns' | 'onlyDiffering'>,
  known: readonly TableColumn[],
  rows: readonly RunRow[],
): ShownColumn[] {
  const byId = new Map(known.map((column) => [column.id, column]));
  return columns.flatMap((place) => {
    const column = byId.get(place.id);
    if (!column || (onlyDiffering && !place.pinned && !differs(column, rows))) return [];
    return [{ ...place, column }];
  });
}

/** Entries in the order of the sort keys; without keys in the order of the rows. */
export function arrange(rows: readonly RunRow[], arrangement: Arrangement): Entry[] {
  const { layout, columns, openGroups } = arrangement;
  const byId = new Map(columns.map((column) => [column.id, column]));
  const sorted = sortBy(rows, layout.sort, byId, (row, column) => column.of(row));
  if (!layout.grouped) return sorted.map((row) => runEntry(row, false));
  const groups = sortBy(groupBySeed(sorted), layout.sort, byId, groupValue);
  return groups.flatMap((group) => entriesOf(group, openGroups));
}

/**
 * The entries in an order that was seen before; those that are new stand at the end. Members of a group keep
 * their order after its head because both were seen.
 */
export function inSeenOrder(entries: readonly Entry[], seen: readonly string[]): Entry[] {
  const places = new Map(seen.map((key, place) => [key, place]));
  const placeOf = ({ key }: Entry) => places.get(key) ?? Infinity;
  return [...entries].sort((a, b) => {
    const [one, other] = [placeOf(a), placeOf(b)];
    return one === other ? 0 : one - other;
  });
}

function entriesOf(group: RowGroup, openGroups: ReadonlySet<string>): Entry[] {
  if (group.rows.length === 1) return group.rows.map((row) => runEntry(row, false));
  const isOpen = openGroups.has(group.key);
  const head: Entry = { kind: 'group', key: `group:${group.key}`, group, isOpen };
  return isOpen ? [head, ...group.rows.map((row) => runEntry(row, true))] : [head];
}

function runEntry(row: RunRow, isMember: boolean): Entry {
  return { kind: 'run', key: row.summary.folder, row, isMember };
}

/** A search looks where the reader looks, and at what names a run. */
function searchable(layout: TableLayout, columns: readonly TableColumn[]): readonly TableColumn[] {
  const shown = new Set(layout.columns.map(({ id }) => id));
  return columns.filter(({ id, group }) => shown.has(id) || (group === 'run' && !PATHS.includes(id)));
}

const PATHS: readonly string[] = ['run:folder'];
