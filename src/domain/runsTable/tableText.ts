/** Runs as text that pastes well: tab-separated for sheets, CSV for files, Markdown for issues; full precision. */
import type { TableFormat } from '../display/textTable';
import { textTable } from '../display/textTable';
import { headerText, plainValue } from './cellText';
import type { TableColumn } from './columns';
import { isNumeric } from './columns';
import type { RunRow } from './row';

export type { TableFormat } from '../display/textTable';
export { TABLE_FORMATS } from '../display/textTable';

/** Head and rows in one format; ends with a line break. */
export function tableText(
  rows: readonly RunRow[],
  columns: readonly TableColumn[],
  format: TableFormat,
): string {
  const head = columns.map(headerText);
  const cells = rows.map((row) => columns.map((column) => plainValue(column.of(row), column.kind)));
  return textTable(
    [head, ...cells],
    columns.map(({ kind }) => isNumeric(kind)),
    format,
  );
}
