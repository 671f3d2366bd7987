/**
 * Summaries of a growing column by halves: level k holds, for each 2^k consecutive values, their exact smallest, largest
 * and last finite value and how many are NaN or infinite. A value that is appended touches one cell a level. The
 * lowest levels are not kept, because so few values are summed up faster than they are stored; the others are made when
 * they are first asked for, because a short series that is drawn whole needs none.
 */

/** Buckets in order; arrays of equal length, each with memory of its own. */
export interface Buckets {
  /** NaN where a bucket has no finite value. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  readonly nonFinite: Uint32Array;
}

/** Values a cell of the lowest level that is kept, as a power of two. */
export const BASE_SHIFT = 4;

interface Level extends Buckets {
  readonly cells: number;
}

/** The pyramid over a column; it must be told of every growth before it is asked about it. */
export class Pyramid {
  private levels: Level[] = [];
  private covered = 0;
  private values: Float64Array = new Float64Array(0);

  /** Goes on with a longer column that begins as the one before. */
  follow(values: Float64Array): void {
    this.values = values;
  }

  /** Forgets everything, for a column that has been rewritten. */
  clear(): void {
    this.levels = [];
    this.covered = 0;
  }

  /** `count` buckets of 2^shift values from bucket `first` on. */
  buckets({ shift, first, count }: BucketRange): Buckets {
    const made = makeBuckets(count);
    const level = shift < BASE_SHIFT ? undefined : this.upToDate()[shift - BASE_SHIFT];
    if (level === undefined) summarise(this.values, { shift, first, count }, { to: made, at: 0 });
    else for (let i = 0; i < count; i++) copyCell(level, first + i, made, i);
    return made;
  }

  /** Smallest and largest values of the cells of the lowest level that is kept. */
  base(): Pick<Buckets, 'min' | 'max' | 'nonFinite'> {
    return this.upToDate().at(0) ?? makeBuckets(0);
  }

  private upToDate(): readonly Level[] {
    const { length } = this.values;
    if (length === this.covered) return this.levels;
    const from = Math.min(length, this.covered);
    this.covered = length;
    for (let k = 0; k === 0 || this.levels[k - 1].cells > 1; k++) this.coverLevel(k, from);
    return this.levels;
  }

  private coverLevel(k: number, from: number): void {
    const size = 2 ** (BASE_SHIFT + k);
    const cells = Math.ceil(this.covered / size);
    const level = withCells(this.levels.at(k), cells);
    this.levels[k] = level;
    const first = Math.floor(from / size);
    if (k === 0) {
      summarise(this.values, { shift: BASE_SHIFT, first, count: cells - first }, { to: level, at: first });
    } else {
      for (let cell = first; cell < cells; cell++) joinPair(this.levels[k - 1], cell, level);
    }
    if (cells <= 1) this.levels.length = k + 1;
  }
}

/** Which buckets: `first` and `count` in units of 2^shift values. */
export interface BucketRange {
  readonly shift: number;
  readonly first: number;
  readonly count: number;
}

/** The first cell of some buckets that is to be filled. */
interface Target {
  readonly to: Buckets;
  readonly at: number;
}

function makeBuckets(count: number): Buckets {
  return {
    min: new Float64Array(count),
    max: new Float64Array(count),
    last: new Float64Array(count),
    nonFinite: new Uint32Array(count),
  };
}

/** The level with room for more cells, its old ones kept. */
function withCells(level: Level | undefined, cells: number): Level {
  if (level !== undefined && level.min.length >= cells) return { ...level, cells };
  if (level === undefined) return { ...makeBuckets(cells), cells };
  const larger = makeBuckets(2 * cells);
  larger.min.set(level.min);
  larger.max.set(level.max);
  larger.last.set(level.last);
  larger.nonFinite.set(level.nonFinite);
  return { ...larger, cells };
}

/** Buckets of values; the last may be shorter. One function for all of them, because a call takes longer than a bucket. */
function summarise(values: Float64Array, { shift, first, count }: BucketRange, { to, at }: Target): void {
  for (let bucket = 0; bucket < count; bucket++) {
    const start = (first + bucket) << shift;
    const end = Math.min(start + (1 << shift), values.length);
    let min = Infinity;
    let max = -Infinity;
    let last = Number.NaN;
    let nonFinite = 0;
    for (let i = start; i < end; i++) {
      const value = values[i];
      if (value - value !== 0) {
        nonFinite++;
        continue;
      }
      if (value < min) min = value;
      if (value > max) max = value;
      last = value;
    }
    to.min[at + bucket] = min > max ? Number.NaN : min;
    to.max[at + bucket] = min > max ? Number.NaN : max;
    to.last[at + bucket] = last;
    to.nonFinite[at + bucket] = nonFinite;
  }
}

function joinPair(below: Level, cell: number, to: Buckets): void {
  const left = 2 * cell;
  const right = left + 1;
  copyCell(below, left, to, cell);
  if (right >= below.cells) return;
  to.nonFinite[cell] += below.nonFinite[right];
  if (Number.isNaN(below.last[right])) return;
  to.last[cell] = below.last[right];
  // Written so that a NaN on the left gives way.
  if (!(to.min[cell] <= below.min[right])) to.min[cell] = below.min[right];
  if (!(to.max[cell] >= below.max[right])) to.max[cell] = below.max[right];
}

function copyCell(from: Buckets, place: number, to: Buckets, at: number): void {
  to.min[at] = from.min[place];
  to.max[at] = from.max[place];
  to.last[at] = from.last[place];
  to.nonFinite[at] = from.nonFinite[place];
}
