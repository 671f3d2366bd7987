/**
 * Seeded random numbers without a state to save: a stream is a pure function of its keys, for example
 * (seed, purpose, epoch, sample, view). Whoever resumes asks for the same keys and draws the same numbers.
 * The keys are hashed into the 128 bits of state of sfc32 (Doty-Humphrey's small fast counting generator).
 */

/** First keys after the seed, so that two uses of one seed never draw the same numbers. */
export const PURPOSE = {
  split: 1,
  order: 2,
  augmentation: 3,
  weights: 4,
  generatedImages: 5,
  sample: 6,
  mix: 7,
  corruption: 8,
  sweep: 9,
  bootstrap: 10,
  clustering: 11,
  classes: 12,
  neighbours: 13,
  layout: 14,
  pairs: 15,
} as const;

const TWO_TO_32 = 4294967296;
const WARM_UP_ROUNDS = 12;

/** A stream of random numbers; every draw moves it on. */
export class RandomStream {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 0;
  private spareNormal = Number.NaN;

  /** Keys are safe integers; their number and order matter. Throws RangeError for any other number. */
  constructor(...keys: readonly number[]) {
    this.restart(...keys);
  }

  /** Turns this object into the stream of other keys, without allocating another. */
  restart(...keys: readonly number[]): this {
    this.a = 0x243f6a88;
    this.b = 0x85a308d3 | 0;
    this.c = 0x13198a2e;
    this.counter = 0x03707344;
    for (const key of keys) {
      this.absorbKey(key);
    }
    this.absorbWord(keys.length);
    this.spareNormal = Number.NaN;
    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      this.uint32();
    }
    return this;
  }

  /** A uniform integer in [0, 2^32). */
  uint32(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A uniform multiple of 2^-32 in [0, 1). */
  uniform(): number {
    return this.uint32() / TWO_TO_32;
  }

  /** A uniform number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A uniform integer in [0, n), without bias; n is an integer from 1 to 2^32. Throws RangeError. */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_TO_32) {
      throw new RangeError(`A random integer needs a bound from 1 to 2^32, not ${n}`);
    }
    const acceptBelow = TWO_TO_32 - (TWO_TO_32 % n);
    let drawn = this.uint32();
    while (drawn >= acceptBelow) {
      drawn = this.uint32();
    }
    return drawn % n;
  }

  /** A standard normal number, by Marsaglia's polar method: no trigonometry, whose last digit is not portable. */
  normal(): number {
    if (!Number.isNaN(this.spareNormal)) {
      const spare = this.spareNormal;
      this.spareNormal = Number.NaN;
      return spare;
    }
    let x = 0;
    let y = 0;
    let squared = 0;
    while (squared === 0 || squared >= 1) {
      x = 2 * this.uniform() - 1;
      y = 2 * this.uniform() - 1;
      squared = x * x + y * y;
    }
    const scale = Math.sqrt((-2 * Math.log(squared)) / squared);
    this.spareNormal = y * scale;
    return x * scale;
  }

  private absorbKey(key: number): void {
    if (!Number.isSafeInteger(key)) {
      throw new RangeError(`A random key must be a safe integer, not ${key}`);
    }
    this.absorbWord(key | 0);
    this.absorbWord(Math.floor(key / TWO_TO_32) | 0);
  }

  /** Four multiply-rotate lanes with different odd constants, each fed by its neighbour. */
  private absorbWord(word: number): void {
    this.a = (mixLane(this.a, Math.imul(word, 0x9e3779b1), 13) + this.b) | 0;
    this.b = (mixLane(this.b, Math.imul(word, 0x85ebca77), 17) + this.c) | 0;
    this.c = (mixLane(this.c, Math.imul(word, 0xc2b2ae3d), 11) + this.counter) | 0;
    this.counter = (mixLane(this.counter, Math.imul(word, 0x27d4eb2f), 19) + this.a) | 0;
  }
}

/** The stream of these keys. */
export function randomStream(...keys: readonly number[]): RandomStream {
  return new RandomStream(...keys);
}

function mixLane(lane: number, word: number, turn: number): number {
  const mixed = lane ^ word;
  return Math.imul((mixed << turn) | (mixed >>> (32 - turn)), 0x165667b1);
}
