/**
 * Vectors made ready for a search. Both metrics become one quantity, the gap: g(a, b) = h(a) + h(b) - a'b, with h = 1/2
 * for cosine (rows of unit length, g = 1 - cosine) and h = |a|²/2 for Euclidean distance (g = d²/2). Products are formed
 * a tile at a time.
 */
import type { Metric } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';
import { Tiles, type RowList } from '../kernel/tiles';
import { copyCentred, copyNormalised } from './load';

/** The vectors of one search. */
export class Space {
  readonly count: number;
  /** The rows as they are compared, and the products of some of them. */
  readonly tiles: Tiles;
  /** h of each row. */
  readonly halves: Float64Array;
  /** What Euclidean distances were multiplied with. */
  private readonly scale: number;
  /** 1 for a row that has no direction. */
  private readonly isZero: Uint8Array;
  private readonly rowA: RowList = { rows: new Int32Array(1), length: 1 };
  private readonly rowB: RowList = { rows: new Int32Array(1), length: 1 };

  /** Throws HumanError where the vectors are more than 32 bits of addresses reach. */
  constructor(
    vectors: Vectors,
    readonly metric: Metric,
  ) {
    this.count = vectors.count;
    this.tiles = new Tiles(vectors.count, vectors.dimensions);
    const isCosine = metric === 'cosine';
    this.scale = isCosine ? 1 : copyCentred(vectors, this.tiles);
    this.isZero = isCosine ? copyNormalised(vectors, this.tiles) : new Uint8Array(this.count);
    this.halves = isCosine ? new Float64Array(this.count).fill(0.5) : halvesOf(this.tiles);
  }

  /** The gap of two rows in double precision and without the cancellation of the products' form: 0 for equal rows. */
  gap(a: number, b: number): number {
    const { values, width } = this.tiles;
    let even = 0;
    let odd = 0;
    for (let p = a * width, q = b * width, end = p + width; p < end; p += 2, q += 2) {
      const first = values[p] - values[q];
      const second = values[p + 1] - values[q + 1];
      even += first * first;
      odd += second * second;
    }
    // A row without a direction is as far from every other as one at a right angle: 1/2 for each such row is missing.
    return (even + odd + this.isZero[a] + this.isZero[b]) / 2;
  }

  /** The gap of two rows as the products of a tile give it, to the bit. */
  tileGap(a: number, b: number): number {
    this.rowA.rows[0] = a;
    this.rowB.rows[0] = b;
    this.tiles.multiply(this.rowA, this.rowB);
    return this.halves[a] + this.halves[b] - this.tiles.products[0];
  }

  /** The distance, in the unit of the metric, of two rows with this gap. */
  distance(gap: number): number {
    return this.metric === 'cosine' ? gap : Math.sqrt(2 * gap) / this.scale;
  }
}

function halvesOf({ values, width, count }: Tiles): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let squares = 0;
    for (let p = row * width, end = p + width; p < end; p++) squares += values[p] * values[p];
    return squares / 2;
  });
}
