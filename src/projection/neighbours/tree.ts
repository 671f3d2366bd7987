/**
 * A random tree over the rows, for a first guess of who is near whom: a set of rows is halved by the plane between two
 * of them drawn by chance, until the sets are small (after Dasgupta and Freund, 2008). Rows that lie on the plane, as
 * copies of one row do, go to either side by chance, so that sets shrink whatever the data.
 */
import type { RandomStream } from '../../domain/random/stream';
import type { Monitor } from '../types';
import { makeRowList, MOST_TILE_ROWS } from '../kernel/tiles';
import type { Space } from './space';

/** A side with a smaller share of the rows than this makes a plane useless: chance then decides for all rows. */
const LEAST_SHARE = 0.05;
/** Planes that are tried for one set. */
const TRIES = 2;

/** Rows in an order in which near ones stand together, and where the sets begin, with the end behind the last. */
export interface Leaves {
  readonly order: Int32Array;
  readonly starts: readonly number[];
}

/** Grows one tree down to sets that fit one side of a tile. */
export function growTree(space: Space, random: RandomStream, monitor: Monitor): Leaves {
  const order = Int32Array.from({ length: space.count }, (_, row) => row);
  const starts: number[] = [];
  const waiting: [from: number, to: number][] = [[0, space.count]];
  const splitter = new Splitter(space, random, monitor);
  for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
    const [from, to] = set;
    if (to - from <= MOST_TILE_ROWS) {
      starts.push(from);
      continue;
    }
    const middle = from + splitter.split(order.subarray(from, to));
    waiting.push([middle, to], [from, middle]);
  }
  return { order, starts: [...starts, space.count] };
}

class Splitter {
  private readonly pivots = makeRowList();
  private readonly tile = makeRowList();
  /** How much nearer each row of the set is to the second pivot. */
  private readonly sides: Float64Array;

  constructor(
    private readonly space: Space,
    private readonly random: RandomStream,
    private readonly monitor: Monitor,
  ) {
    this.sides = new Float64Array(space.count);
    this.pivots.length = 2;
  }

  /** Puts the rows of one side before those of the other; gives how many those are, at least one of each. */
  split(rows: Int32Array): number {
    for (let tries = 0; tries < TRIES; tries++) {
      this.drawPlane(rows);
      const first = this.partition(rows);
      if (Math.min(first, rows.length - first) >= LEAST_SHARE * rows.length) return first;
    }
    this.sides.fill(0, 0, rows.length);
    const first = this.partition(rows);
    return Math.min(rows.length - 1, Math.max(1, first));
  }

  private drawPlane(rows: Int32Array): void {
    const { space, pivots, tile, random, sides } = this;
    pivots.rows[0] = rows[random.integer(rows.length)];
    pivots.rows[1] = rows[random.integer(rows.length)];
    const offset = space.halves[pivots.rows[0]] - space.halves[pivots.rows[1]];
    for (let first = 0; first < rows.length; first += MOST_TILE_ROWS) {
      this.monitor.check();
      tile.length = Math.min(MOST_TILE_ROWS, rows.length - first);
      for (let i = 0; i < tile.length; i++) tile.rows[i] = rows[first + i];
      space.tiles.multiply(tile, pivots);
      const { products, stride } = space.tiles;
      for (let i = 0; i < tile.length; i++) {
        sides[first + i] = offset - products[i * stride] + products[i * stride + 1];
      }
    }
  }

  private partition(rows: Int32Array): number {
    const { sides, random } = this;
    let first = 0;
    for (let i = 0; i < rows.length; i++) {
      const isFirst = sides[i] === 0 ? (random.uint32() & 1) === 0 : sides[i] < 0;
      if (!isFirst) continue;
      const row = rows[i];
      rows[i] = rows[first];
      rows[first] = row;
      sides[i] = sides[first];
      first++;
    }
    return first;
  }
}
