/** A file of rows and named columns, read column by column. */
import { HumanError } from '../../domain/errors';

/** One value of a table: text, a number, bytes, or whatever a Parquet file nests. */
export type Cell = unknown;

export interface Table {
  /** The file. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** The values of a column, [rows], or of its first `rows`. Rejects with a HumanError where the file is damaged. */
  read(column: string, rows?: number): Promise<readonly Cell[]>;
  /** The names behind whole numbers in a column, where the file tells them. */
  namesIn(column: string): readonly string[] | undefined;
}

/** A column by its name or, without one, the first of the usual names, in any case. Throws HumanError if there is none. */
export function findColumn(
  table: Table,
  wanted: { name: string; usual: readonly string[]; key: string },
): string {
  const found = findOptionalColumn(table, wanted);
  if (found === undefined) {
    throw new HumanError(
      `${table.path} has no column ${wanted.name || wanted.usual.slice(0, 3).join(', ')}: set "${wanted.key}" to one of its columns (${table.columns.join(', ')}).`,
    );
  }
  return found;
}

/** As findColumn, and undefined if no name was given and no usual one is there. */
export function findOptionalColumn(
  table: Table,
  wanted: { name: string; usual: readonly string[]; key: string },
): string | undefined {
  const { columns } = table;
  if (wanted.name === '') {
    return wanted.usual.flatMap((name) => columns.filter((column) => column.toLowerCase() === name))[0];
  }
  if (!columns.includes(wanted.name)) {
    throw new HumanError(
      `${table.path} has no column ${wanted.name}: set "${wanted.key}" to one of its columns (${columns.join(', ')}).`,
    );
  }
  return wanted.name;
}
