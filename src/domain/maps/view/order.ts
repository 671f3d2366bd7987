/**
 * The order in which points are drawn: what is emphasised over what is plain over what is faded. Within a look of a flat
 * map, neighbours follow each other, because a picture that is filled here and there is slow, and lie over each other
 * at random, because samples come sorted by class and the last class would hide the others. In three dimensions the
 * nearer lies over the farther.
 */
import { permutation } from '../../random/permutation';
import { boundsOf } from './camera';
import type { PointSet } from './points';
import { LOOK } from './points';

const LOOKS = LOOK.emphasised + 1;
const DEPTHS = 2048;
/** A flat map is cut into so many cells each way. */
const CELLS = 64;

/** Gives the rows to draw, first to last; hidden ones are left out. It keeps what it can between frames. */
export type DrawOrder = (points: PointSet, sizes: Float32Array) => Uint32Array;

/** An order with its memory, one a pane. */
export function createDrawOrder(): DrawOrder {
  let kept: Pick<PointSet, 'looks' | 'from'> | undefined;
  let order: Uint32Array = new Uint32Array(0);
  let shuffled: Int32Array = new Int32Array(0);
  return (points, sizes) => {
    const { looks, from, count, dimensions } = points;
    if (shuffled.length !== count) shuffled = permutation(count, count);
    if (dimensions === 3) return sortedRows(shuffled, looks, { keys: depthsOf(sizes), keyCount: DEPTHS });
    if (kept?.looks === looks && kept.from === from) return order;
    kept = { looks, from };
    order = sortedRows(shuffled, looks, { keys: cellsOf(points), keyCount: CELLS * CELLS });
    return order;
  };
}

/** From 0, far, to DEPTHS - 1, near. */
function depthsOf(sizes: Float32Array): Uint16Array {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] < low) low = sizes[i];
    if (sizes[i] > high) high = sizes[i];
  }
  const factor = high > low ? (DEPTHS - 1) / (high - low) : 0;
  const keys = new Uint16Array(sizes.length);
  for (let i = 0; i < keys.length; i++) keys[i] = (sizes[i] - low) * factor;
  return keys;
}

/** Cells of the places `from`, row by row. Points without a place are in the first, and never drawn. */
function cellsOf({ from, count }: PointSet): Uint16Array {
  const { low, high } = boundsOf([from], 2);
  const factors = [0, 1].map((axis) => (high[axis] > low[axis] ? (CELLS - 1) / (high[axis] - low[axis]) : 0));
  const keys = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const column = ((from[2 * i] - low[0]) * factors[0]) | 0;
    const row = ((from[2 * i + 1] - low[1]) * factors[1]) | 0;
    keys[i] = row * CELLS + column;
  }
  return keys;
}

/** Rows that are not hidden by look, then by key, then as they came: one stable sort by counting. */
function sortedRows(
  rows: Int32Array,
  looks: Uint8Array,
  { keys, keyCount }: { readonly keys: Uint16Array; readonly keyCount: number },
): Uint32Array {
  const starts = new Uint32Array(LOOKS * keyCount + 1);
  for (let row = 0; row < rows.length; row++) starts[looks[row] * keyCount + keys[row] + 1]++;
  for (let place = 0; place < LOOKS * keyCount; place++) starts[place + 1] += starts[place];
  const hidden = starts[keyCount];
  const sorted = new Uint32Array(rows.length);
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n];
    sorted[starts[looks[row] * keyCount + keys[row]]++] = row;
  }
  return sorted.subarray(hidden);
}
