/** Between rows of panes and the packed rows of their vectors: joins, columns, and places on the page. */
import type { MapDimensions, MapRequest } from '../../../domain/maps/request';
import type { RowClasses } from '../../../projection/classFigures';
import type { Join } from '../../../projection/pairs/join';
import { NONE } from '../../../projection/pairs/join';
import { stratifiedRows } from '../../../projection/sample';
import type { Positions } from '../../../projection/types';
import type { Pane } from '../sources/pane';
import type { Panes } from '../sources/panes';

/** Rows of the panes that a map shows, ascending; null for all. */
export interface Samples {
  readonly left: Int32Array | null;
  readonly right: Int32Array | null;
}

/** At most `limit` rows a side, by class and seed; those of the right side are the partners of the left first. */
export function samplesOf({ left, right, join }: Panes, { limit, seed }: MapRequest): Samples {
  if (limit === null) return { left: null, right: null };
  const own = sampleOf(left, allRows(left.ids.length), { limit, seed });
  if (right === null || join === null) return { left: own, right: null };
  const partners = own.map((row) => join.rightOf[row] ?? NONE).filter((row) => row !== NONE);
  const lone = allRows(right.ids.length).filter((row) => join.leftOf[row] === NONE);
  const rest = sampleOf(right, lone, { limit: Math.max(0, limit - partners.length), seed });
  return { left: own, right: Int32Array.from([...partners, ...rest]).sort() };
}

/** The join of packed rows, from that of the rows of panes; null for two epochs of one pane. */
export function packedJoin(left: Int32Array, right: Int32Array, panes: Join | null): Join {
  const placeOf = new Map(Array.from(right, (row, place) => [row, place]));
  const partner = (row: number): number => (panes === null ? row : (panes.rightOf[row] ?? NONE));
  const rightOf = left.map((row) => placeOf.get(partner(row)) ?? NONE);
  const leftOf = new Int32Array(right.length).fill(NONE);
  let shared = 0;
  rightOf.forEach((other, place) => {
    if (other === NONE) return;
    leftOf[other] = place;
    shared++;
  });
  const lone = { onlyLeft: left.length - shared, onlyRight: right.length - shared };
  return { joinedBy: panes?.joinedBy ?? 'id', rightOf, leftOf, shared, ...lone };
}

/** Classes of packed rows. */
export function packedClasses(classes: RowClasses | null, rows: Int32Array): RowClasses | null {
  return classes && { ...classes, codes: rows.map((row) => classes.codes[row] ?? NONE) };
}

/** Places of all rows of a pane, NaN for those without one. */
export function placesOf({ values, dimensions }: Positions, rows: Int32Array, count: number): Float32Array {
  const places = new Float32Array(count * dimensions).fill(Number.NaN);
  rows.forEach((row, n) =>
    places.set(values.subarray(n * dimensions, (n + 1) * dimensions), row * dimensions),
  );
  return places;
}

/** A number for all rows of a pane from one for packed rows, NaN for others. */
export function spread(values: ArrayLike<number>, rows: Int32Array, count: number): Float32Array {
  const all = new Float32Array(count).fill(Number.NaN);
  rows.forEach((row, n) => (all[row] = values[n] ?? Number.NaN));
  return all;
}

/** A place in categories for all rows of a pane from one for packed rows, -1 for others. */
export function spreadCodes(codes: ArrayLike<number>, rows: Int32Array, count: number): Int32Array {
  const all = new Int32Array(count).fill(NONE);
  rows.forEach((row, n) => (all[row] = codes[n] ?? NONE));
  return all;
}

/** Dimensions that a map may have. */
export function isMapDimensions(dimensions: number): dimensions is MapDimensions {
  return dimensions === 2 || dimensions === 3;
}

function sampleOf(
  { classes }: Pane,
  rows: Int32Array,
  { limit, seed }: { readonly limit: number; readonly seed: number },
): Int32Array {
  const labels = classes === null ? null : rows.map((row) => classes.codes[row] ?? NONE);
  return stratifiedRows({ count: rows.length, labels }, limit, seed).map((place) => rows[place] ?? 0);
}

function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}
