/** Runs as text that pastes well: tab-separated for sheets, CSV for files, Markdown for issues; full precision. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { markdownTable } from 'markdown-table';
import { headerText, plainValue } from './cellText';
import type { TableColumn } from './columns';
import { isNumeric } from './columns';
import type { RunRow } from './row';

export const TABLE_FORMATS = ['text', 'csv', 'markdown'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Head and rows in one format; ends with a line break. */
export function tableText(
  rows: readonly RunRow[],
  columns: readonly TableColumn[],
  format: TableFormat,
): string {
  const head = columns.map(headerText);
  const cells = rows.map((row) => columns.map((column) => plainValue(column.of(row), column.kind)));
  if (format === 'markdown') return `${asMarkdown([head, ...cells], columns)}\n`;
  return asSeparated([head, ...cells], format === 'csv' ? ',' : '\t');
}

/**
 * A sheet takes a text that begins like a formula for one, and names come from files of others: such texts get a
 * quotation mark in front, as sheets themselves write them. Numbers are no texts.
 */
function asSeparated(cells: readonly (readonly (string | number)[])[], delimiter: string): string {
  const safe = cells.map((row) => row.map((cell) => (typeof cell === 'string' ? unlikeFormula(cell) : cell)));
  return stringify(safe, { delimiter, cast: { number: String } });
}

function unlikeFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function asMarkdown(
  cells: readonly (readonly (string | number)[])[],
  columns: readonly TableColumn[],
): string {
  const align = columns.map(({ kind }) => (isNumeric(kind) ? 'r' : 'l'));
  const texts = cells.map((row) =>
    row.map((cell) =>
      String(cell)
        .replaceAll(/[|\\]/g, '\\$&')
        .replaceAll(/\s*\n\s*/g, ' '),
    ),
  );
  return markdownTable(texts, { align });
}
