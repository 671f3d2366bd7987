/** Random orders: Fisher and Yates' shuffle over a keyed stream. */
import { randomStream, type RandomStream } from './stream';

/** A uniformly random order of 0 .. n-1, a pure function of the keys. */
export function permutation(n: number, ...keys: readonly number[]): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    order[i] = i;
  }
  return shuffle(order, randomStream(...keys));
}

/** Shuffles an array of integers in place and returns it. */
export function shuffle<T extends Int32Array | Uint8Array>(values: T, random: RandomStream): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
  return values;
}
