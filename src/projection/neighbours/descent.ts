/**
 * Nearest-neighbour descent (Dong, Moses and Li, 2011): a neighbour of a neighbour is probably a neighbour. It begins
 * with the leaves of some random trees; in each round every row brings its neighbours together, those that are new to
 * it with each other and with the old ones, in both directions of neighbourhood, and all pairs of such a meeting are
 * formed in one tile. It ends when few lists change.
 */
import { PURPOSE, randomStream, type RandomStream } from '../../domain/random/stream';
import type { Monitor, NeighbourGraph } from '../types';
import { makeRowList, type RowList } from '../kernel/tiles';
import { collectCandidates, type Candidates } from './candidates';
import { EMPTY, NearestLists, graphOf } from './lists';
import type { Space } from './space';
import { growTree } from './tree';

/** What a descent does. */
export interface DescentOptions {
  readonly k: number;
  readonly seed: number;
}

/** Random trees at the start. */
const TREES = 8;
/** Old and new candidates of a row, each at most. */
const CANDIDATES = 20;
const MOST_ROUNDS = 12;
/** It ends when fewer than this share of all places change in a round. */
const LEAST_CHANGE = 0.002;

/** Nearly the k nearest others of each row; k is from 1 to count - 1. The same for the same seed. */
export function descentGraph(space: Space, { k, seed }: DescentOptions, monitor: Monitor): NeighbourGraph {
  const lists = new NearestLists(space.count, k);
  const random = randomStream(seed, PURPOSE.neighbours);
  startFromTrees({ lists, space, random, monitor });
  fillUp({ lists, space, random, monitor });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    monitor.progress('neighbours', (TREES + 2 * round) / (TREES + 2 * MOST_ROUNDS));
    const candidates = collectCandidates(lists, CANDIDATES, random, monitor);
    const changes = joinAll({ lists, space, random, monitor }, candidates);
    if (changes <= LEAST_CHANGE * space.count * k) break;
  }
  return graphOf(lists, space);
}

interface Search {
  readonly lists: NearestLists;
  readonly space: Space;
  readonly random: RandomStream;
  readonly monitor: Monitor;
}

function startFromTrees(search: Search): void {
  const { space, random, monitor } = search;
  const leaf = makeRowList();
  for (let tree = 0; tree < TREES; tree++) {
    monitor.progress('neighbours', tree / (TREES + 2 * MOST_ROUNDS));
    const { order, starts } = growTree(space, random, monitor);
    for (let i = 0; i + 1 < starts.length; i++) {
      monitor.check();
      leaf.length = starts[i + 1] - starts[i];
      leaf.rows.set(order.subarray(starts[i], starts[i + 1]));
      join(search, leaf, leaf);
    }
  }
}

/** Trees may leave places of a list empty, when k is nearly the size of a leaf: rows by chance take them. */
function fillUp({ lists, space, random, monitor }: Search): void {
  const { rows, k, count } = lists;
  for (let row = 0; row < count; row++) {
    if ((row & 1023) === 0) monitor.check();
    const last = (row + 1) * k - 1;
    // Where chance is slow, at k near count, the rows in their order are not.
    for (let other = 0, tries = 8 * k; rows[last] === EMPTY; tries--) {
      const drawn = tries > 0 ? random.integer(count) : other++;
      if (drawn !== row) lists.offer(row, drawn, space.tileGap(row, drawn));
    }
  }
}

function joinAll(search: Search, { fresh, old }: Candidates): number {
  const [news, all] = [makeRowList(), makeRowList()];
  let changes = 0;
  for (let row = 0; row < search.space.count; row++) {
    if ((row & 63) === 0) search.monitor.check();
    news.length = fresh.counts[row];
    if (news.length === 0) continue;
    const newRows = fresh.rows.subarray(row * fresh.room, row * fresh.room + news.length);
    const oldRows = old.rows.subarray(row * old.room, row * old.room + old.counts[row]);
    news.rows.set(newRows);
    all.rows.set(newRows);
    all.rows.set(oldRows, news.length);
    all.length = news.length + oldRows.length;
    changes += join(search, news, all);
  }
  return changes;
}

/** Offers each pair of one row of a and a later row of b, which begins with the rows of a; gives how many went in. */
function join({ lists, space }: Search, a: RowList, b: RowList): number {
  space.tiles.multiply(a, b);
  const { products, stride } = space.tiles;
  const { halves } = space;
  const { limits } = lists;
  let changes = 0;
  for (let i = 0; i < a.length; i++) {
    const row = a.rows[i];
    for (let j = i + 1; j < b.length; j++) {
      const other = b.rows[j];
      if (other === row) continue;
      const gap = halves[row] + halves[other] - products[i * stride + j];
      if (gap <= limits[row] && lists.offer(row, other, gap)) changes++;
      if (gap <= limits[other] && lists.offer(other, row, gap)) changes++;
    }
  }
  return changes;
}
