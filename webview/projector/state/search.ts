/**
 * Search over ids, labels and texts of rows. Words must all be found, in any order and case; a pattern is a regular
 * expression that is matched in time linear in the text, so that no pattern hangs the page.
 */
import { HumanError } from '../../../src/domain/errors';
import { compilePattern } from '../../../src/domain/text/pattern';
import type { Column } from '../../../src/domain/maps/columns';
import { valueOf } from './cells';

/** What is searched for. */
export interface Search {
  readonly text: string;
  readonly isPattern: boolean;
}

/** Characters of one row that a search looks at. */
const MOST_CHARACTERS = 400;

/** What rows say, for searching: made once a pane and epoch. */
export type Haystack = readonly string[];

/** The texts of the rows of a pane: id first, then each category and text, one a line. */
export function haystackOf(ids: readonly string[], columns: readonly Column[]): Haystack {
  const worded = columns.filter(({ kind }) => kind !== 'number');
  return ids.map((id, row) =>
    [id, ...worded.map((column) => valueOf(column, row) ?? '')].join('\n').slice(0, MOST_CHARACTERS),
  );
}

/** A test of one text; a sentence for a pattern that is none. An empty search finds nothing. */
export function matcherOf({ text, isPattern }: Search): ((hay: string) => boolean) | string {
  const wanted = text.trim();
  if (wanted === '') return () => false;
  if (!isPattern) return wordsMatcher(wanted);
  try {
    return compilePattern(wanted);
  } catch (error) {
    if (error instanceof HumanError) return error.message;
    throw error;
  }
}

/** Rows whose text matches. */
export function rowsFound(haystack: Haystack, matches: (hay: string) => boolean): number[] {
  return haystack.flatMap((hay, row) => (matches(hay) ? [row] : []));
}

function wordsMatcher(wanted: string): (hay: string) => boolean {
  const words = wanted.toLowerCase().split(/\s+/);
  return (hay) => {
    const lower = hay.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
