/**
 * The centres of classes, by which two maps are laid over each other when they share too few samples. Classes are the
 * same by name.
 */
import type { Positions } from '../types';
import type { Matches } from './procrustes';

/** The class of each row: a place in `categories`, -1 for none. */
export interface Classes {
  readonly categories: readonly string[];
  readonly codes: ArrayLike<number>;
}

/** One map with its classes. */
export interface ClassedMap {
  readonly positions: Positions;
  readonly classes: Classes;
}

/** Centres of the classes of two maps, and which of them have one name. */
export interface Landmarks {
  readonly reference: Positions;
  readonly moved: Positions;
  readonly matches: Matches;
}

/** The mean place of each class on both maps; a class without a place matches nothing. */
export function landmarksOf(reference: ClassedMap, moved: ClassedMap): Landmarks {
  const pairs = reference.classes.categories.flatMap((name, row): [number, number][] => {
    const other = moved.classes.categories.indexOf(name);
    return other === -1 ? [] : [[row, other]];
  });
  return {
    reference: classCentres(reference),
    moved: classCentres(moved),
    matches: {
      reference: Int32Array.from(pairs, ([row]) => row),
      moved: Int32Array.from(pairs, ([, row]) => row),
    },
  };
}

/** [classes, dimensions]; NaN for a class of which no row has a place. */
function classCentres({ positions, classes }: ClassedMap): Positions {
  const { values, dimensions } = positions;
  const count = classes.categories.length;
  const sums = new Float64Array(count * dimensions);
  const placed = new Float64Array(count);
  for (let row = 0; row < positions.count; row++) {
    const code = classes.codes[row];
    if (code < 0 || Number.isNaN(values[row * dimensions])) continue;
    placed[code]++;
    for (let k = 0; k < dimensions; k++) sums[code * dimensions + k] += values[row * dimensions + k];
  }
  const means = sums.map((sum, i) => sum / placed[Math.floor(i / dimensions)]);
  return { values: Float32Array.from(means), count, dimensions };
}
