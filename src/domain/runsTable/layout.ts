/**
 * What the reader has chosen about the table: columns with order, width and pin, sorting, filters, grouping. A value
 * that is kept with the workspace; every change gives a new one.
 */
import type { TableColumn } from './columns';
import { NAME_COLUMN, STATE_COLUMN } from './columns';
import type { Filter } from './filter';
import type { SortKey } from './sort';

/** A shown column. Width in CSS pixels. Pinned columns stand first and stay in view. */
export interface LayoutColumn {
  readonly id: string;
  readonly width: number;
  readonly pinned: boolean;
}

/** Everything that is kept. */
export interface TableLayout {
  readonly columns: readonly LayoutColumn[];
  readonly sort: readonly SortKey[];
  readonly filters: readonly Filter[];
  readonly onlyDiffering: boolean;
  readonly grouped: boolean;
}

export const LEAST_WIDTH = 48;
export const MOST_WIDTH = 900;

/** Before anybody has chosen: archived runs are left out by a filter that shows as a chip like any other. */
export const DEFAULT_LAYOUT: TableLayout = {
  columns: [
    { id: NAME_COLUMN, width: 240, pinned: true },
    { id: STATE_COLUMN, width: 112, pinned: true },
    ...loose(112, 'run:created', 'run:duration', 'run:progress', 'run:loss'),
    ...loose(144, 'setting:loss.temperature'),
    ...loose(64, 'run:seed'),
    ...loose(112, 'metric:accuracy', 'metric:linearProbe', 'metric:knn'),
    ...loose(152, 'metric:nearestClassMean', 'metric:ece', 'tag:loss/headroom:last'),
    ...loose(160, 'run:tags'),
  ],
  sort: [],
  filters: [{ column: 'run:archived', operator: '=', operand: 'no' }],
  onlyDiffering: false,
  grouped: false,
};

/** A kept layout made good: one name column in front, no column twice, widths in range. */
export function repaired(layout: TableLayout): TableLayout {
  const unique = new Map(layout.columns.map((column) => [column.id, column]));
  const name = unique.get(NAME_COLUMN) ?? DEFAULT_LAYOUT.columns[0];
  unique.delete(NAME_COLUMN);
  const columns = [{ ...name, pinned: true }, ...unique.values()];
  return { ...layout, columns: pinnedFirst(columns.map((one) => ({ ...one, width: inRange(one.width) }))) };
}

/** Shows a column at the end, or hides it; the name stays. */
export function toggleColumn(
  layout: TableLayout,
  { id, label }: Pick<TableColumn, 'id' | 'label'>,
): TableLayout {
  if (id === NAME_COLUMN) return layout;
  const without = layout.columns.filter((column) => column.id !== id);
  if (without.length < layout.columns.length) return { ...layout, columns: without };
  return { ...layout, columns: [...without, { id, width: widthFor(label), pinned: false }] };
}

/** Gives a column a width. */
export function resizeColumn(layout: TableLayout, id: string, width: number): TableLayout {
  return withColumn(layout, id, (column) => ({ ...column, width: inRange(width) }));
}

/** Pins a column behind the pinned ones, or lets it scroll in front of the others; the name stays pinned. */
export function togglePin(layout: TableLayout, id: string): TableLayout {
  if (id === NAME_COLUMN) return layout;
  return withColumn(layout, id, (column) => ({ ...column, pinned: !column.pinned }));
}

/** Puts a column in the place of another one; it is pinned afterwards if that one is. The name stays first. */
export function moveColumn(layout: TableLayout, id: string, target: string): TableLayout {
  const from = layout.columns.findIndex((column) => column.id === id);
  const to = layout.columns.findIndex((column) => column.id === target);
  if (id === NAME_COLUMN || from < 0 || to < 0 || from === to) return layout;
  const columns = [...layout.columns];
  const [moved] = columns.splice(from, 1);
  const place = target === NAME_COLUMN ? 1 : to;
  columns.splice(place, 0, { ...moved, pinned: layout.columns[to].pinned });
  return { ...layout, columns: pinnedFirst(columns) };
}

/** Adds a filter, or takes it away. */
export function addFilter(layout: TableLayout, filter: Filter): TableLayout {
  const key = JSON.stringify(filter);
  if (layout.filters.some((one) => JSON.stringify(one) === key)) return layout;
  return { ...layout, filters: [...layout.filters, filter] };
}

/** The layout without the filter in this place. */
export function removeFilter(layout: TableLayout, place: number): TableLayout {
  return { ...layout, filters: layout.filters.filter((_, i) => i !== place) };
}

function withColumn(
  layout: TableLayout,
  id: string,
  change: (column: LayoutColumn) => LayoutColumn,
): TableLayout {
  const columns = layout.columns.map((column) => (column.id === id ? change(column) : column));
  return { ...layout, columns: pinnedFirst(columns) };
}

/** A stable partition. */
function pinnedFirst(columns: readonly LayoutColumn[]): LayoutColumn[] {
  return [...columns.filter(({ pinned }) => pinned), ...columns.filter(({ pinned }) => !pinned)];
}

function inRange(width: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
}

/** Wide enough for the label, within reason. */
function widthFor(label: string): number {
  const [least, most, character, rest] = [96, 220, 7, 32];
  return Math.min(most, Math.max(least, label.length * character + rest));
}

function loose(width: number, ...ids: readonly string[]): LayoutColumn[] {
  return ids.map((id) => ({ id, width, pinned: false }));
}
