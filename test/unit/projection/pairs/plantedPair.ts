/**
 * Two embeddings of the same samples, as two trainings would make them, of which it is known who moved: the second is the
 * first, turned at random and made noisy, with some samples drawn anew from another class.
 */
import { normaliseRows } from '../../../../src/domain/metrics/neighbours';
import type { Vectors } from '../../../../src/domain/maps/vectors';
import { randomStream, type RandomStream } from '../../../../src/domain/random/stream';

const CLASSES = 10;
/** Directions along which all classes vary, which dominate the variance so that two components show little. */
const COMMON = 4;
/** Directions along which each class varies alone. */
const OWN = 2;
const MEAN_LENGTH = 1.2;
const OWN_DEVIATION = 0.5;
/** In each dimension. */
const NOISE = 0.045;
const TURN_REFLECTIONS = 8;

export interface PlantedPair {
  readonly left: Vectors;
  readonly right: Vectors;
  /** Class of each sample, in which it was drawn first. */
  readonly labels: Int32Array;
  /** 1 for a sample that was drawn anew from another class. */
  readonly isMoved: Uint8Array;
}

/** What is planted. */
export interface Plan {
  readonly count: number;
  readonly dimensions: number;
  readonly movedShare: number;
  /** Length of the noise that the second embedding adds to its unit vectors. */
  readonly noise: number;
  readonly seed: number;
}

/** A pair of embeddings of unit vectors in ten classes. */
export function plantedPair({ count, dimensions, movedShare, noise, seed }: Plan): PlantedPair {
  const random = randomStream(seed);
  const draw = mixture(dimensions, random);
  const labels = Int32Array.from({ length: count }, (_, row) => row % CLASSES);
  const left = normaliseRows(Float32Array.from([...labels].flatMap(draw)), dimensions);
  const right = left.slice();
  const isMoved = new Uint8Array(count);
  for (let moved = 0; moved < movedShare * count;) {
    const row = random.integer(count);
    if (isMoved[row] === 1) continue;
    isMoved[row] = 1;
    moved++;
    const other = (labels[row] + 1 + random.integer(CLASSES - 1)) % CLASSES;
    right.set(normaliseRows(Float32Array.from(draw(other)), dimensions), row * dimensions);
  }
  for (let i = 0; i < right.length; i++) right[i] += (noise / Math.sqrt(dimensions)) * random.normal();
  turn(right, dimensions, random);
  return {
    left: { values: left, count, dimensions },
    right: { values: normaliseRows(right, dimensions), count, dimensions },
    labels,
    isMoved,
  };
}

/** Draws a vector of a class. */
function mixture(dimensions: number, random: RandomStream): (label: number) => number[] {
  const direction = () => Array.from({ length: dimensions }, () => random.normal() / Math.sqrt(dimensions));
  const directions = (length: number) => Array.from({ length }, direction);
  const means = directions(CLASSES);
  const common = directions(COMMON);
  const own = means.map(() => directions(OWN));
  return (label) => {
    const shared = common.map(() => random.normal());
    const apart = own[label].map(() => OWN_DEVIATION * random.normal());
    return means[label].map(
      (mean, k) =>
        MEAN_LENGTH * mean +
        shared.reduce((sum, z, d) => sum + z * common[d][k], 0) +
        apart.reduce((sum, z, d) => sum + z * own[label][d][k], 0) +
        NOISE * random.normal(),
    );
  };
}

/** Turns all rows by a product of reflections at random planes. */
function turn(values: Float32Array, dimensions: number, random: RandomStream): void {
  for (let reflection = 0; reflection < TURN_REFLECTIONS; reflection++) {
    const normal = Float64Array.from({ length: dimensions }, () => random.normal());
    const square = normal.reduce((sum, value) => sum + value * value, 0);
    for (let start = 0; start < values.length; start += dimensions) {
      const along = normal.reduce((sum, value, k) => sum + value * values[start + k], 0);
      for (let k = 0; k < dimensions; k++) values[start + k] -= (2 * along * normal[k]) / square;
    }
  }
}
