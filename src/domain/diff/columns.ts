/** How the columns of a diff are called: a letter for tables, and a name that no other column has. */
import type { DiffColumn } from './runDiff';

const LETTERS = 26;
const FIRST_LETTER = 'a'.charCodeAt(0);

/** `a` for the baseline, then `b`, ... `z`, `a2`, `b2`, ... */
export function letterOf(column: number): string {
  const letter = String.fromCharCode(FIRST_LETTER + (column % LETTERS));
  return column < LETTERS ? letter : `${letter}${Math.floor(column / LETTERS) + 1}`;
}

/** The name of each column; the id where another column has the name, the whole key where that is not enough. */
export function titlesOf(columns: readonly DiffColumn[]): string[] {
  return columns.map((own) => {
    const isUnique = (of: (column: DiffColumn) => string) =>
      columns.filter((other) => of(other) === of(own)).length === 1;
    if (isUnique(({ name }) => name)) return own.name;
    return isUnique(({ id }) => id) ? own.id : own.key;
  });
}
