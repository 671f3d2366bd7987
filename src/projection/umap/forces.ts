/**
 * The forces between two points of a map as factors of their difference, in tables by squared distance: the leading
 * bits of a float32 number, its exponent and a part of its fraction, are a logarithmic scale with 512 steps an octave. A
 * table takes a quarter of the time of the powers that it stands for, and the same bits come out of every engine.
 */
import { powerOfSquare, type Curve } from './curve';

/** Factors by `(bits of the squared distance as float32 >>> SHIFT) - FIRST`. */
export interface Forces {
  /** Of a pair of neighbours, towards each other: not negative. */
  readonly attraction: Float32Array;
  /** Of any other pair, away from each other: not negative. */
  readonly repulsion: Float32Array;
}

/** Bits of a float32 number that a table leaves out. */
export const SHIFT = 14;
/** Squared distances from 2^-24 to 2^24; those beyond take the last entry of their side. */
const OCTAVES = 48;
const STEPS = 512;
/** Entries before the first: those of exponents below 127 - 24. */
export const FIRST = (127 - 24) * STEPS;
/** The last entry. */
export const LAST = OCTAVES * STEPS - 1;

/** No move is longer than this before the rate is applied. */
const LONGEST_MOVE = 4;
/** Keeps the repulsion of points in one place finite. */
const SOFTENING = 0.001;

/** Tables of the derivatives of UMAP's cross-entropy (McInnes, Healy and Melville, 2018, section 4). */
export function forcesOf({ a, b }: Curve): Forces {
  const attraction = new Float32Array(LAST + 1);
  const repulsion = new Float32Array(LAST + 1);
  for (let entry = 0; entry <= LAST; entry++) {
    const square = middleOf(entry);
    const power = powerOfSquare(square, b);
    const most = LONGEST_MOVE / Math.sqrt(square);
    attraction[entry] = Math.min(most, (2 * a * b * power) / (square * (1 + a * power)));
    repulsion[entry] = Math.min(most, (2 * b) / ((SOFTENING + square) * (1 + a * power)));
  }
  return { attraction, repulsion };
}

/** The squared distance in the middle of those that share an entry. */
function middleOf(entry: number): number {
  const bits = new Int32Array([((entry + FIRST) << SHIFT) + (1 << (SHIFT - 1))]);
  return new Float32Array(bits.buffer)[0];
}
