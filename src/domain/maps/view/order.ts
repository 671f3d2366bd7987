/**
 * The order in which points are drawn: what is emphasised over what is plain over what is faded. Within a look, points
 * lie over each other in a fixed random order, because samples come sorted by class and the last class would hide the
 * others; in three dimensions the nearer lies over the farther.
 */
import { permutation } from '../../random/permutation';
import type { PointSet } from './points';
import { LOOK } from './points';

const LOOKS = LOOK.emphasised + 1;
const DEPTHS = 2048;

/** Gives the rows to draw, first to last; hidden ones are left out. It keeps what it can between frames. */
export type DrawOrder = (points: PointSet, sizes: Float32Array) => Uint32Array;

/** An order with its memory, one a pane. */
export function createDrawOrder(): DrawOrder {
  let kept: { readonly looks: Uint8Array; readonly order: Uint32Array } | undefined;
  let shuffled: Int32Array = new Int32Array(0);
  return ({ looks, count, dimensions }, sizes) => {
    if (dimensions === 3) return byLook(byDepth(sizes, looks), looks);
    if (kept?.looks === looks && shuffled.length === count) return kept.order;
    if (shuffled.length !== count) shuffled = permutation(count, count);
    kept = { looks, order: byLook(shuffled, looks) };
    return kept.order;
  };
}

/** Rows far to near, by counting. */
function byDepth(sizes: Float32Array, looks: Uint8Array): Uint32Array {
  let [low, high] = [Infinity, -Infinity];
  for (const size of sizes) {
    if (size < low) low = size;
    if (size > high) high = size;
  }
  const factor = high > low ? (DEPTHS - 1) / (high - low) : 0;
  const keys = new Uint16Array(sizes.length);
  for (let i = 0; i < keys.length; i++) keys[i] = (sizes[i] - low) * factor;
  return countingSort({ keys, places: DEPTHS, rows: rowsOf(looks) });
}

/** Keeps the order within each look, and leaves out what is hidden. */
function byLook(rows: Int32Array | Uint32Array, looks: Uint8Array): Uint32Array {
  const sorted = countingSort({ keys: looks, places: LOOKS, rows });
  let hidden = 0;
  for (const look of looks) if (look === LOOK.hidden) hidden++;
  return sorted.subarray(hidden);
}

interface Sorting {
  /** Key of each row, below `places`. */
  readonly keys: Uint8Array | Uint16Array;
  readonly places: number;
  readonly rows: Int32Array | Uint32Array;
}

/** A stable sort of rows by their keys. */
function countingSort({ keys, places, rows }: Sorting): Uint32Array {
  const starts = new Uint32Array(places + 1);
  for (const row of rows) starts[keys[row] + 1]++;
  for (let key = 0; key < places; key++) starts[key + 1] += starts[key];
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[starts[keys[row]]++] = row;
  return sorted;
}

function rowsOf(looks: Uint8Array): Uint32Array {
  const rows = new Uint32Array(looks.length);
  for (let i = 0; i < rows.length; i++) rows[i] = i;
  return rows;
}
