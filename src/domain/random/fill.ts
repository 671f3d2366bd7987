/** Arrays of random numbers, for example initial weights. */
import type { RandomStream } from './stream';

/** Fills with normal numbers of mean 0 and this standard deviation; returns the same array. */
export function fillNormal(target: Float32Array, random: RandomStream, deviation: number): Float32Array {
  for (let i = 0; i < target.length; i++) {
    target[i] = deviation * random.normal();
  }
  return target;
}

/** Fills with uniform numbers in [-limit, limit); returns the same array. */
export function fillUniform(target: Float32Array, random: RandomStream, limit: number): Float32Array {
  for (let i = 0; i < target.length; i++) {
    target[i] = random.between(-limit, limit);
  }
  return target;
}
