/**
 * CSV and TSV logs, as Lightning and many a script write them: a header line, then rows of which empty cells mean that
 * nothing was measured. Lines without quotes, which is nearly all, are split by hand; the others go through csv-parse.
 */
import { separatorIn } from '../tables/csv';
import { cellsOf } from '../tables/csvRecords';
import type { LogReader } from './logReader';
import { createRowReader, type LineFormat, type LinesState, type Row } from './rowReader';
import { clockNameIn, numberIn, stepNameIn, wallTimeIn } from './rowRules';

/** What the columns of a header are. */
interface Columns {
  readonly names: readonly string[];
  readonly separator: string;
  /** Places of the step and of the clock; -1 where there is none. */
  readonly step: number;
  readonly clock: number;
}

/** A reader of one CSV file. */
export function createCsvReader(state?: LinesState): LogReader {
  return createRowReader(createCsvFormat(state?.header ?? []), state);
}

/** @param header separator and names, as `header` gave them; empty at the beginning of a file */
function createCsvFormat([separator, ...names]: readonly string[]): LineFormat {
  let columns = names.length === 0 ? undefined : columnsOf(names, separator);
  return {
    rowOf(line) {
      if (columns === undefined) {
        const found = separatorIn(line);
        columns = columnsOf(cellsOf(line, found) ?? [], found);
        return 'none';
      }
      const cells = cellsOf(line, columns.separator);
      if (cells !== undefined && isHeader(cells, columns)) {
        columns = columnsOf(cells, columns.separator);
        return 'none';
      }
      return cells?.length === columns.names.length ? rowOf(cells, columns) : 'damaged';
    },
    header: () => (columns === undefined ? [] : [columns.separator, ...columns.names]),
  };
}

function columnsOf(cells: readonly string[], separator: string): Columns {
  const names = cells.map((cell) => cell.trim());
  const step = stepNameIn(names);
  const clock = clockNameIn(names);
  const placeOf = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
  return { names, separator, step: placeOf(step), clock: placeOf(clock) };
}

/** A writer that was started again may write its header again, with other columns. */
function isHeader(cells: readonly string[], { names, step }: Columns): boolean {
  if (step < 0) return cells.length === names.length && cells.every((cell, i) => cell.trim() === names[i]);
  return cells.some((cell) => cell.trim() === names[step]);
}

function rowOf(cells: readonly string[], { names, step, clock }: Columns): Row | 'damaged' {
  const counted = step < 0 ? undefined : numberIn(cells[step]);
  if (counted !== undefined && !Number.isFinite(counted)) return 'damaged';
  const values = cells.flatMap((cell, i) => {
    const value = i === step || i === clock ? undefined : numberIn(cell);
    return value === undefined || names[i] === '' ? [] : [[names[i], value] as const];
  });
  return { step: counted, wallTime: clock < 0 ? Number.NaN : wallTimeIn(cells[clock]), values };
}
