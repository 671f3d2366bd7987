/**
 * Which rows of a large source a map shows. A sample is drawn class by class with a seed, never by the order of the
 * file, so that a file that is sorted by class shows all of its classes. A larger sample holds every row of a smaller
 * one with the same seed as long as the shares of the classes allow it.
 */
import { shuffle } from '../domain/random/permutation';
import { PURPOSE, randomStream } from '../domain/random/stream';

/** The rows that are drawn from. */
export interface SampleSource {
  readonly count: number;
  /** Class of each row; any integer, -1 for unknown, is a class of its own. Null to draw from all rows alike. */
  readonly labels: ArrayLike<number> | null;
}

/**
 * At most `limit` rows in ascending order: each class in proportion to its size and with at least one row, while
 * there are no more classes than rows to draw. A pure function of labels, limit and seed.
 */
export function stratifiedRows({ count, labels }: SampleSource, limit: number, seed: number): Int32Array {
  if (count <= limit) return Int32Array.from({ length: count }, (_, row) => row);
  const strata = rowsByClass(count, labels);
  const shares = sharesOf(
    strata.map(({ rows }) => rows.length),
    limit,
  );
  const drawn = strata.flatMap(({ label, rows }, place) =>
    Array.from(shuffle(rows, randomStream(seed, PURPOSE.sample, label)).subarray(0, shares[place])),
  );
  return Int32Array.from(drawn).sort();
}

interface Stratum {
  readonly label: number;
  readonly rows: Int32Array;
}

function rowsByClass(count: number, labels: ArrayLike<number> | null): Stratum[] {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const label = labels?.[row] ?? -1;
    const members = rows.get(label);
    if (members) members.push(row);
    else rows.set(label, [row]);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([label, members]) => ({ label, rows: Int32Array.from(members) }));
}

/** Rows of each class, `limit` in all: proportional shares rounded down, at least 1, the rest by largest remainder. */
function sharesOf(sizes: readonly number[], limit: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * limit) / total);
  const shares = exact.map((share) => Math.max(1, Math.floor(share)));
  const byNeed = (a: number, b: number) => exact[b] - shares[b] - (exact[a] - shares[a]) || a - b;
  let left = limit - shares.reduce((sum, share) => sum + share, 0);
  for (; left > 0; left--) shares[neediest(shares, byNeed)]++;
  // Classes that were rounded up to one row took it from those that have most above their share.
  for (; left < 0; left++) shares[leastNeedy(shares, byNeed)]--;
  return shares;
}

type Order = (a: number, b: number) => number;

function neediest(shares: readonly number[], byNeed: Order): number {
  return Array.from(shares.keys()).reduce((best, place) => (byNeed(place, best) < 0 ? place : best));
}

/** Among the classes that can spare a row: all of them once there are more classes than rows. */
function leastNeedy(shares: readonly number[], byNeed: Order): number {
  const places = Array.from(shares.keys());
  const sparing = places.filter((place) => shares[place] > 1);
  const candidates = sparing.length > 0 ? sparing : places.filter((place) => shares[place] > 0);
  return candidates.reduce((best, place) => (byNeed(place, best) > 0 ? place : best));
}
