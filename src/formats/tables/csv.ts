/** CSV and TSV files with a header line: commas, semicolons or tabs, whichever the header line has most of. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { HumanError, toError } from '../../domain/errors';
import { readingError } from '../reading';
import type { Table } from './table';

const SEPARATORS = [',', ';', '\t'];
const MOST_BYTES = 500e6;

/** Reads a file whole. Throws HumanError naming it, and the line where it is damaged. */
export async function readCsv(path: string): Promise<Table> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  if (bytes.length > MOST_BYTES) {
    throw new HumanError(
      `${path} has ${bytes.length} bytes, more than an index should: convert it to Parquet.`,
    );
  }
  const [columns, ...rows] = parseRows(path, bytes);
  if (rows.length === 0) {
    throw new HumanError(`${path} is empty: give an index with a header line and rows.`);
  }
  refuseRepeats(path, columns);
  return {
    path,
    columns,
    rows: rows.length,
    read: (column, count) => Promise.resolve(rows.slice(0, count).map((row) => row[columns.indexOf(column)])),
    namesIn: () => undefined,
  };
}

/** The separator of a header line: whichever it has most of. */
export function separatorIn(header: string): string {
  const times = (separator: string): number => header.split(separator).length;
  return SEPARATORS.reduce((best, each) => (times(each) > times(best) ? each : best));
}

function parseRows(path: string, bytes: Buffer): string[][] {
  try {
    return parse(bytes, {
      bom: true,
      delimiter: separatorOf(bytes),
      skip_empty_lines: true,
      trim: true,
    });
  } catch (thrown) {
    throw new HumanError(`${path} is not a table (${toError(thrown).message}): correct it there.`, {
      cause: thrown,
    });
  }
}

function separatorOf(bytes: Buffer): string {
  const end = bytes.indexOf('\n');
  return separatorIn(bytes.toString('utf8', 0, end < 0 ? bytes.length : end));
}

function refuseRepeats(path: string, columns: readonly string[]): void {
  const repeated = columns.find((name, i) => columns.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new HumanError(`${path} has two columns called ${repeated}: rename one.`);
  }
}
