/**
 * Metadata of an embedding: one line a vector, cells between tabs, nothing quoted. By TensorBoard's rule the first line
 * is a header exactly if there are two or more columns; where the number of lines contradicts that, the number decides.
 */
import { readFile, stat } from 'node:fs/promises';
import { formatBytes } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import { readingError } from '../reading';

/** Named columns of text, one cell a row. */
export interface TextTable {
  readonly columns: readonly { readonly name: string; readonly cells: readonly string[] }[];
  readonly notes: readonly string[];
}

/** JavaScript's longest text is a little longer. */
const MOST_BYTES = 500e6;
/** The name of a column without a header. */
export const ONLY_COLUMN = 'label';

/** Reads the metadata of `rows` vectors. Throws HumanError if the file may not be read or is far too large. */
export async function readMetadataTable(path: string, rows: number): Promise<TextTable> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) {
      throw new HumanError(`${path} has ${formatBytes(size)}, more than can be read: leave out columns.`);
    }
    return parseMetadataTable(await readFile(path, 'utf8'), path, rows);
  } catch (thrown) {
    throw readingError(path, thrown);
  }
}

/** The table of a text. Missing rows are empty, further ones ignored; both with a note that begins with `name`. */
export function parseMetadataTable(text: string, name: string, rows: number): TextTable {
  const lines = linesOf(text).map((line) => line.split('\t'));
  const width = lines.at(0)?.length ?? 0;
  if (width === 0) return { columns: [], notes: [`${name} is empty.`] };
  const hasHeader = width > 1 ? lines.length !== rows : lines.length === rows + 1;
  const body = hasHeader ? lines.slice(1) : lines;
  return {
    columns: namesOf(hasHeader ? lines[0] : undefined, width).map((column, place) => ({
      name: column,
      cells: Array.from({ length: rows }, (_, row) => body.at(row)?.at(place) ?? ''),
    })),
    notes: [
      ...lengthNote(name, body.length, rows),
      ...(width > 1 && !hasHeader
        ? [`${name} has as many lines as vectors, so the first is no header.`]
        : []),
    ],
  };
}

/** The last line may or may not be ended; an empty line in between is a row. */
function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function namesOf(header: readonly string[] | undefined, width: number): string[] {
  if (header === undefined && width === 1) return [ONLY_COLUMN];
  const names = Array.from({ length: width }, (_, i) => header?.at(i)?.trim() ?? '');
  return names.map((name, i) => {
    const plain = name === '' ? `column ${i + 1}` : name;
    return names.indexOf(name) === i || name === '' ? plain : `${plain} ${i + 1}`;
  });
}

function lengthNote(name: string, found: number, rows: number): string[] {
  if (found === rows) return [];
  return found < rows
    ? [`${name} has ${found} rows and there are ${rows} vectors: the last ${rows - found} have no metadata.`]
    : [`${name} has ${found} rows and there are ${rows} vectors: the last ${found - rows} are ignored.`];
}
