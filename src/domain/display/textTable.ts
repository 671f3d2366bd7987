/** Cells as text that pastes well: separated for sheets and files, Markdown for issues. Numbers keep full precision. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { markdownTable } from 'markdown-table';

/** What a table can be copied as. */
export const TABLE_FORMATS = ['text', 'csv', 'markdown'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export type Cell = string | number;

/** Head and rows; columns of numbers are aligned to the right in Markdown. Ends with a line break. */
export function textTable(
  rows: readonly (readonly Cell[])[],
  isNumeric: readonly boolean[],
  format: TableFormat,
): string {
  if (format === 'markdown') return `${asMarkdown(rows, isNumeric)}\n`;
  return asSeparated(rows, format === 'csv' ? ',' : '\t');
}

/**
 * A sheet takes a text that begins like a formula for one, and names come from files of others: such texts get a
 * quotation mark in front, as sheets themselves write them. Numbers are no texts.
 */
function asSeparated(rows: readonly (readonly Cell[])[], delimiter: string): string {
  const safe = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? unlikeFormula(cell) : cell)));
  return stringify(safe, { delimiter, cast: { number: String } });
}

function unlikeFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function asMarkdown(rows: readonly (readonly Cell[])[], isNumeric: readonly boolean[]): string {
  const texts = rows.map((row) =>
    row.map((cell) =>
      String(cell)
        .replaceAll(/[|\\]/g, '\\$&')
        .replaceAll(/\s*\n\s*/g, ' '),
    ),
  );
  return markdownTable(texts, { align: isNumeric.map((isRight) => (isRight ? 'r' : 'l')) });
}
