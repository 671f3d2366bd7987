/**
 * Which rows of two sources are the same sample. Ids say so within one data set; between two data sets, whose ids mean
 * different samples, the content of each sample does. Every later step knows rows of two sides by this table alone.
 */

/** What is known of the rows of one side. */
export interface JoinSide {
  /** Hash of the data set that the ids belong to; null where none is recorded. */
  readonly dataset: string | null;
  /** Lasting id of each row. */
  readonly ids: readonly string[];
  /** Hash of each row's sample, empty for a row without one; null where the samples cannot be read. */
  readonly contents: readonly string[] | null;
}

/** The rows of two sides that belong together: the left is the reference, the right is laid over it. */
export interface Join {
  readonly joinedBy: 'id' | 'content';
  /** Right row of each left row, -1 for none. */
  readonly rightOf: Int32Array;
  /** Left row of each right row, -1 for none. */
  readonly leftOf: Int32Array;
  readonly shared: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
}

/** No partner. */
export const NONE = -1;

/**
 * Joins by id where the data sets have one hash or a hash is not recorded, else by content. Data sets that are known
 * to differ and whose samples cannot be read share nothing, whatever their ids say. Of rows with one key, the first
 * on each side is joined and the others count as unshared.
 */
export function joinRows(left: JoinSide, right: JoinSide): Join {
  if (left.dataset !== null && left.dataset === right.dataset) return joinKeys(left.ids, right.ids, 'id');
  if (left.contents !== null && right.contents !== null) {
    return joinKeys(left.contents, right.contents, 'content');
  }
  const areUnknown = left.dataset === null || right.dataset === null;
  return joinKeys(left.ids, areUnknown ? right.ids : right.ids.map(() => ''), 'id');
}

/** The join of two tables with the same rows in the same order, for example two epochs of one run. */
export function sameRows(count: number): Join {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return { joinedBy: 'id', rightOf: rows, leftOf: rows, shared: count, onlyLeft: 0, onlyRight: 0 };
}

/** The same join seen from the other side. */
export function swapped({ rightOf, leftOf, onlyLeft, onlyRight, ...rest }: Join): Join {
  return { ...rest, rightOf: leftOf, leftOf: rightOf, onlyLeft: onlyRight, onlyRight: onlyLeft };
}

/** Left rows that have a partner, ascending. */
export function sharedRows({ rightOf, shared }: Join): Int32Array {
  const rows = new Int32Array(shared);
  let filled = 0;
  for (let row = 0; row < rightOf.length; row++) if (rightOf[row] !== NONE) rows[filled++] = row;
  return rows;
}

function joinKeys(left: readonly string[], right: readonly string[], joinedBy: Join['joinedBy']): Join {
  const rightOf = new Int32Array(left.length).fill(NONE);
  const leftOf = new Int32Array(right.length).fill(NONE);
  const rows = firstRows(right);
  let shared = 0;
  left.forEach((key, row) => {
    const partner = rows.get(key) ?? NONE;
    if (partner === NONE || leftOf[partner] !== NONE) return;
    rightOf[row] = partner;
    leftOf[partner] = row;
    shared++;
  });
  return {
    joinedBy,
    rightOf,
    leftOf,
    shared,
    onlyLeft: left.length - shared,
    onlyRight: right.length - shared,
  };
}

/** The first row of each key; the empty key names no sample. */
function firstRows(keys: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>();
  keys.forEach((key, row) => {
    if (key !== '' && !rows.has(key)) rows.set(key, row);
  });
  return rows;
}
