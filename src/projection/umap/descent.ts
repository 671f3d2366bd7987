/** What the descents in the plane and in space work on. */
import type { Forces } from './forces';

/** A layout on its way. */
export interface Descent {
  /** [count, dimensions], moved in place. */
  readonly places: Float32Array;
  readonly count: number;
  /** [count + 1]. */
  readonly starts: Int32Array;
  readonly tails: Int32Array;
  /** Epochs between two times that a pair is taken. */
  readonly interval: Float32Array;
  /** The epoch when it is taken next. */
  readonly due: Float32Array;
  readonly forces: Forces;
  /** Points that a point is pushed away from for each pair that is taken. */
  readonly negatives: number;
  /** State of the random generator, not 0: xorshift of Marsaglia, 2003. */
  random: number;
}

/** What changes from epoch to epoch. */
export interface Epoch {
  readonly number: number;
  readonly rate: number;
}

/** Points between two looks at the monitor, less 1. */
export const CHECK_MASK = 4095;
/** Turns 32 random bits into a number below 1. */
export const TWO_TO_MINUS_32 = 1 / 4294967296;
