/** The exact graph: every pair once, a tile of rows against a tile of rows, offered to the lists of both. */
import type { Monitor, NeighbourGraph } from '../types';
import { fillInOrder, makeRowList, MOST_TILE_ROWS, type RowList } from '../kernel/tiles';
import { NearestLists, graphOf } from './lists';
import type { Space } from './space';

/** The k nearest others of each row; k is from 1 to count - 1. */
export function exactGraph(space: Space, k: number, monitor: Monitor): NeighbourGraph {
  const lists = new NearestLists(space.count, k);
  const [a, b] = [makeRowList(), makeRowList()];
  for (let first = 0; first < space.count; first += MOST_TILE_ROWS) {
    // The rows still to come are a triangle.
    monitor.progress('neighbours', 1 - (1 - first / space.count) * (1 - first / space.count));
    fillInOrder(a, first, space.count);
    for (let second = first; second < space.count; second += MOST_TILE_ROWS) {
      monitor.check();
      fillInOrder(b, second, space.count);
      space.tiles.multiply(a, b);
      offerTile(lists, space, a, b);
    }
  }
  return graphOf(lists, space);
}

/** On the diagonal the pairs above it; elsewhere every pair of the tile. */
function offerTile(lists: NearestLists, { tiles, halves }: Space, a: RowList, b: RowList): void {
  const { products, stride } = tiles;
  const { limits } = lists;
  const isDiagonal = a.rows[0] === b.rows[0];
  for (let i = 0; i < a.length; i++) {
    const row = a.rows[i];
    for (let j = isDiagonal ? i + 1 : 0; j < b.length; j++) {
      const other = b.rows[j];
      const gap = halves[row] + halves[other] - products[i * stride + j];
      if (gap <= limits[row]) lists.offer(row, other, gap);
      if (gap <= limits[other]) lists.offer(other, row, gap);
    }
  }
}
