/**
 * Rows of a CSV or TSV file one after the other, so that a file of any size can be gone through. Lines without quotes,
 * which is nearly all, are split by hand; the others go through csv-parse.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse/sync';
import { HumanError } from '../../domain/errors';
import { readingError } from '../reading';
import { separatorIn } from './csv';

/** A cell with line breaks may go on for so many characters; beyond, a quote was never closed. */
const MOST_RECORD_LENGTH = 10_000_000;

/** Cells of a row, trimmed, and the number of its last line from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The rows of a file; blank lines are passed over. Throws HumanError naming the line where quotes are damaged. */
export async function* csvRecords(path: string): AsyncGenerator<CsvRecord> {
  const source = createReadStream(path);
  const lines = createInterface({ input: source, crlfDelay: Infinity });
  let separator: string | undefined;
  let pending = '';
  let line = 0;
  try {
    for await (const text of lines) {
      line++;
      pending = pending === '' ? text.replace(/^\uFEFF/, '') : `${pending}\n${text}`;
      if (pending.trim() === '' || (isOpen(pending) && pending.length < MOST_RECORD_LENGTH)) continue;
      separator ??= separatorIn(pending);
      yield { cells: requireCells(path, pending, { separator, line }), line };
      pending = '';
    }
    if (pending.trim() !== '')
      yield { cells: requireCells(path, pending, { separator: separator ?? ',', line }), line };
  } catch (thrown) {
    throw readingError(path, thrown);
  } finally {
    lines.close();
    source.destroy();
  }
}

/** The cells of a line; undefined if its quotes are damaged. */
export function cellsOf(line: string, separator: string): string[] | undefined {
  if (!line.includes('"')) return line.split(separator);
  try {
    return parse(line, { delimiter: separator, relax_column_count: true }).at(0);
  } catch {
    return undefined;
  }
}

/** Whether a quoted cell goes on in the next line. */
function isOpen(text: string): boolean {
  return text.includes('"') && (text.split('"').length - 1) % 2 === 1;
}

function requireCells(
  path: string,
  text: string,
  { separator, line }: { readonly separator: string; readonly line: number },
): string[] {
  const cells = cellsOf(text, separator);
  if (cells !== undefined) return cells.map((cell) => cell.trim());
  throw new HumanError(`${path} has damaged quotes in line ${line}: correct it there.`);
}
