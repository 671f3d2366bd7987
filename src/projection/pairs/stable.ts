/**
 * Which samples may hold two maps together: those whose neighbours in full dimension changed least. To hold on to all
 * samples would hide true changes, so only these are pulled to their old place, and fitted.
 */
import type { NeighbourChange } from './jaccard';
import { sharedRows, type Join } from './join';

/** Share of the shared samples that counts as stable. */
export const STABLE_SHARE = 0.75;

/** Below this share of the larger side, shared rows say little of it. */
const LEAST_SHARED = 0.3;
/** Below this share of the shared rows, stable rows say little of them. */
const LEAST_STABLE = 0.3;
/** Fewer stable rows than this hold no map. */
const FEWEST_STABLE = 10;

/**
 * The left rows, ascending, that belong to the share of shared rows with the largest Jaccard index; of equal rows the
 * first. A row that kept no more neighbours than chance would is never among them.
 */
export function stableRows(
  { values, k }: Pick<NeighbourChange, 'values' | 'k'>,
  join: Join,
  share = STABLE_SHARE,
): Int32Array {
  const least = indexOfChance(k, join.shared);
  const kept = sharedRows(join).filter((row) => values[row] > least);
  const ranked = kept.toSorted((a, b) => values[b] - values[a] || a - b);
  return ranked.slice(0, Math.ceil(share * join.shared)).sort();
}

/** True where the sides share too few rows for one map to be started from the other. */
export function sharesLittle({ shared, rightOf, leftOf }: Join): boolean {
  return shared < LEAST_SHARED * Math.max(rightOf.length, leftOf.length) || shared < FEWEST_STABLE;
}

/** True where too few of the shared rows kept neighbours: distances between the maps mean little. */
export function holdsLittle(stable: Int32Array, { shared }: Join): boolean {
  return stable.length < FEWEST_STABLE || stable.length < LEAST_STABLE * shared;
}

/**
 * A Jaccard index that unrelated embeddings seldom exceed: that of twice as many common neighbours as two random sets of
 * k among the others have on average, or, where that is nearly all k, of the middle between average and k.
 */
function indexOfChance(k: number, shared: number): number {
  const average = Math.min(k, (k * k) / Math.max(1, shared - 1));
  const common = Math.min(2 * average, (average + k) / 2);
  return common / (2 * k - common);
}
