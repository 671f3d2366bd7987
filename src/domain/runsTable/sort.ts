/** Sorting by several columns. Missing values and NaN stand last whichever way a column is sorted. */
import type { TableColumn } from './columns';
import type { Value } from './row';

/** One key; earlier keys win. */
export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** What can be sorted: a run, or a group with its means. */
export type ValueOf<T> = (item: T, column: TableColumn) => Value;

/** A sorted copy; items that tie stay in their order. Keys of unknown columns are passed over. */
export function sortBy<T>(
  items: readonly T[],
  keys: readonly SortKey[],
  columns: ReadonlyMap<string, TableColumn>,
  valueOf: ValueOf<T>,
): T[] {
  const known = keys.flatMap(({ column: id, descending }) => {
    const column = columns.get(id);
    return column ? [{ column, descending }] : [];
  });
  const decorated = items.map((item) => ({
    item,
    values: known.map(({ column }) => valueOf(item, column)),
  }));
  decorated.sort((a, b) => compareAll(a.values, b.values, known));
  return decorated.map(({ item }) => item);
}

/** Sorting after a click on a head: this column alone, or with `add` as one more key; a third click ends it. */
export function toggleSort(keys: readonly SortKey[], column: string, how: 'only' | 'add'): SortKey[] {
  const present = keys.find((key) => key.column === column);
  const next = nextKey(present, column);
  if (how === 'only') return next ? [next] : [];
  if (!present) return next ? [...keys, next] : [...keys];
  return keys.flatMap((key) => (key.column !== column ? [key] : next ? [next] : []));
}

function nextKey(present: SortKey | undefined, column: string): SortKey | undefined {
  if (!present) return { column, descending: false };
  return present.descending ? undefined : { column, descending: true };
}

function compareAll(
  a: readonly Value[],
  b: readonly Value[],
  keys: readonly { readonly descending: boolean }[],
): number {
  for (const [place, { descending }] of keys.entries()) {
    const order = compareValues(a[place], b[place], descending);
    if (order !== 0) return order;
  }
  return 0;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function compareValues(a: Value, b: Value, descending: boolean): number {
  const absence = Number(isAbsent(a)) - Number(isAbsent(b));
  if (absence !== 0 || isAbsent(a) || isAbsent(b)) return absence;
  const order =
    typeof a === 'number' && typeof b === 'number' ? sign(a, b) : COLLATOR.compare(String(a), String(b));
  return descending ? -order : order;
}

/** A difference would be NaN for two infinities. */
function sign(a: number, b: number): number {
  return Number(a > b) - Number(a < b);
}

function isAbsent(value: Value): boolean {
  return value === undefined || Number.isNaN(value);
}
