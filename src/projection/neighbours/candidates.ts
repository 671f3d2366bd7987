/**
 * Who meets whom in a round of a descent: for each row a sample of those that it lists and of those that list it, old
 * and new ones apart.
 */
import type { RandomStream } from '../../domain/random/stream';
import type { Monitor } from '../types';
import type { NearestLists } from './lists';

/** Sampled rows of each row. */
export interface CandidateLists {
  /** [count, room], of which the first `counts` of each row count. */
  readonly rows: Int32Array;
  readonly counts: Int32Array;
  readonly room: number;
}

/** The two kinds of one round. */
export interface Candidates {
  readonly fresh: CandidateLists;
  readonly old: CandidateLists;
}

/** Samples candidates, at most `room` of each kind, and takes the mark from the new entries that were sampled. */
export function collectCandidates(
  lists: NearestLists,
  room: number,
  random: RandomStream,
  monitor: Monitor,
): Candidates {
  const [fresh, old] = [new Reservoirs(lists.count, room, random), new Reservoirs(lists.count, room, random)];
  for (let row = 0, at = 0; row < lists.count; row++) {
    if ((row & 1023) === 0) monitor.check();
    for (let i = 0; i < lists.k; i++, at++) {
      const kind = lists.isNew[at] === 1 ? fresh : old;
      kind.add(row, lists.rows[at]);
      kind.add(lists.rows[at], row);
    }
  }
  for (let row = 0, at = 0; row < lists.count; row++) {
    for (let i = 0; i < lists.k; i++, at++) {
      if (lists.isNew[at] === 1 && fresh.has(row, lists.rows[at])) lists.isNew[at] = 0;
    }
  }
  return { fresh, old };
}

/** A uniform sample of what is added to each row, each other row once (Vitter's algorithm R). */
class Reservoirs implements CandidateLists {
  readonly rows: Int32Array;
  readonly counts: Int32Array;
  private readonly seen: Int32Array;

  constructor(
    count: number,
    readonly room: number,
    private readonly random: RandomStream,
  ) {
    this.rows = new Int32Array(count * room);
    this.counts = new Int32Array(count);
    this.seen = new Int32Array(count);
  }

  add(row: number, other: number): void {
    if (this.has(row, other)) return;
    const seen = ++this.seen[row];
    if (seen <= this.room) {
      this.rows[row * this.room + this.counts[row]++] = other;
      return;
    }
    const place = Math.floor(this.random.uniform() * seen);
    if (place < this.room) this.rows[row * this.room + place] = other;
  }

  has(row: number, other: number): boolean {
    const { rows, room } = this;
    for (let at = row * room, end = at + this.counts[row]; at < end; at++)
      if (rows[at] === other) return true;
    return false;
  }
}
