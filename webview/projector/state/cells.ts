/** What a column says of a row, as text and as a plain value. */
import { formatNumber } from '../../../src/domain/display/format';
import type { Column } from '../../../src/domain/maps/columns';
import { COLUMN_NAME } from '../../../src/domain/maps/columns';
import { groupWords } from './columnWords';

/** The value: a number, a text, or null where nothing is recorded. */
export function valueOf(column: Column, row: number): string | number | null {
  if (column.kind === 'number') {
    const value = column.values[row] ?? NaN;
    return Number.isNaN(value) ? null : value;
  }
  if (column.kind === 'text') return column.values[row] ?? null;
  return column.categories[column.codes[row] ?? -1] ?? null;
}

/** The value as the page shows it; a dash where nothing is recorded. */
export function cellText(column: Column | undefined, row: number): string {
  const value = column ? valueOf(column, row) : null;
  if (value === null || value === '') return '–';
  return typeof value === 'number' ? formatNumber(value) : groupWords(column?.name ?? '', value);
}

/** A column by name. */
export function columnNamed(columns: readonly Column[], name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

/** The label of a row: its class, empty without one. */
export function labelOf(columns: readonly Column[], row: number): string {
  const column = columnNamed(columns, COLUMN_NAME.class);
  const value = column ? valueOf(column, row) : null;
  return value === null ? '' : String(value);
}
