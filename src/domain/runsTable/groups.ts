/** Runs that differ in the seed alone as one row: mean, sample standard deviation and number of seeds per column. */
import { deviationOf } from '../statistics/quantile';
import type { TableColumn } from './columns';
import { isNumeric } from './columns';
import type { RunRow, Value } from './row';

/** Mean and sample standard deviation (n - 1) of the finite values, and how many there are. */
export interface Spread {
  readonly mean: number;
  /** NaN for a single value. */
  readonly deviation: number;
  readonly count: number;
}

/** Two or more runs of one seed group, or a run alone. */
export interface RowGroup {
  /** The seed group's key, or the folder of the run alone. */
  readonly key: string;
  readonly rows: readonly RunRow[];
}

/** Groups rows in the order of their first members; runs without partners stay alone. */
export function groupBySeed(rows: readonly RunRow[]): RowGroup[] {
  const groups = new Map<string, RunRow[]>();
  for (const row of rows) {
    // A run without a seed repeats nothing that is known.
    const key = row.summary.seed === null ? row.summary.folder : row.seedGroup;
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => ({ key, rows: members }));
}

/** The spread of a numeric column over some rows; undefined where no row has a finite value. */
export function spreadOf(column: TableColumn, rows: readonly RunRow[]): Spread | undefined {
  const values = rows.map((row) => column.of(row)).filter(isFiniteNumber);
  if (values.length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: deviationOf(values), count: values.length };
}

/** What a group sorts by: the mean of a measured column, else the value that all members share. */
export function groupValue({ rows }: RowGroup, column: TableColumn): Value {
  return isAveraged(column) ? spreadOf(column, rows)?.mean : sharedValue(column, rows);
}

/** The value of a setting that all runs of a group share: it was chosen, so it has no spread. */
export function groupSetting({ rows }: RowGroup, column: TableColumn): Value {
  return column.group === 'settings' ? sharedValue(column, rows) : undefined;
}

/** Whether a group shows the mean of a column: times of day have none that means anything. */
export function isAveraged({ kind }: TableColumn): boolean {
  return isNumeric(kind) && kind !== 'time';
}

function sharedValue(column: TableColumn, rows: readonly RunRow[]): Value {
  const value = column.of(rows[0]);
  return rows.every((row) => Object.is(column.of(row), value)) ? value : undefined;
}

function isFiniteNumber(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
