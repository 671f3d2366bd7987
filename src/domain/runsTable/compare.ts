/** What a column says across runs: whether they differ in it, and which value is the best. */
import type { TableColumn } from './columns';
import type { RunRow } from './row';

/** Whether two of the rows have different values; a run without the value differs from one with it. */
export function differs(column: TableColumn, rows: readonly RunRow[]): boolean {
  return rows.some((row) => !Object.is(column.of(row), column.of(rows[0])));
}

/**
 * The best value of a column; undefined where no end is good, or where fewer than two runs have one or all have
 * the same: then there is nothing to mark.
 */
export function bestOf(column: TableColumn, rows: readonly RunRow[]): number | undefined {
  const { better } = column;
  if (better === undefined) return undefined;
  const values = rows
    .map((row) => column.of(row))
    .filter((value) => typeof value === 'number' && !Number.isNaN(value));
  const [low, high] = rangeOf(values as number[]);
  if (!(low < high)) return undefined;
  return better === 'higher' ? high : low;
}

function rangeOf(values: readonly number[]): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
