/**
 * Summaries of a growing column by halves: level k holds, for each 2^k consecutive values, their exact smallest, largest
 * and last finite value and how many are NaN or infinite. A value that is appended touches one cell a level. The
 * lowest levels are not kept, because so few values are summed up faster than they are stored.
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

/** The pyramid over a column; `cover` must be called before it is asked about values that are new. */
export class Pyramid {
  private levels: Level[] = [];
  private covered = 0;

  /** Takes in values[covered, length) of a column of which the first `covered` are as they were. */
  cover(values: Float64Array, length: number): void {
    if (length === this.covered) return;
    const from = Math.min(length, this.covered);
    this.covered = length;
    for (let k = 0; k === 0 || this.levels[k - 1].cells > 1; k++) this.coverLevel(values, k, from);
  }

  /** Forgets everything, for a column that has been rewritten. */
  clear(): void {
    this.levels = [];
    this.covered = 0;
  }

  /** `count` buckets of 2^shift values from bucket `first` on. */
  buckets(values: Float64Array, { shift, first, count }: BucketRange): Buckets {
    const made = makeBuckets(count);
    for (let i = 0; i < count; i++) this.copyBucket(values, { shift, place: first + i }, made, i);
    return made;
  }

  /** Smallest and largest values of the cells [first, end) of the lowest level that is kept. */
  base(): Pick<Buckets, 'min' | 'max' | 'nonFinite'> {
    return this.levels.at(0) ?? makeBuckets(0);
  }

  private copyBucket(values: Float64Array, from: Cell, to: Buckets, at: number): void {
    const level = from.shift < BASE_SHIFT ? undefined : this.levels[from.shift - BASE_SHIFT];
    if (level === undefined) {
      const start = from.place * 2 ** from.shift;
      summarise(values, start, Math.min(start + 2 ** from.shift, this.covered), { to, at });
    } else {
      copyCell(level, from.place, to, at);
    }
  }

  private coverLevel(values: Float64Array, k: number, from: number): void {
    const size = 2 ** (BASE_SHIFT + k);
    const cells = Math.ceil(this.covered / size);
    const level = withCells(this.levels.at(k), cells);
    this.levels[k] = level;
    for (let cell = Math.floor(from / size); cell < cells; cell++) {
      if (k === 0) {
        const end = Math.min((cell + 1) * size, this.covered);
        summarise(values, cell * size, end, { to: level, at: cell });
      } else {
        joinPair(this.levels[k - 1], cell, level);
      }
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

interface Cell {
  readonly shift: number;
  readonly place: number;
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

function summarise(
  values: Float64Array,
  start: number,
  end: number,
  { to, at }: { to: Buckets; at: number },
): void {
  let [min, max, last, nonFinite] = [Infinity, -Infinity, Number.NaN, 0];
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
  to.min[at] = min > max ? Number.NaN : min;
  to.max[at] = min > max ? Number.NaN : max;
  to.last[at] = last;
  to.nonFinite[at] = nonFinite;
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
