/** Tables of vectors for the tests of maps. */
import type { MapDimensions } from '../../../src/domain/maps/request';
import type { Vectors } from '../../../src/domain/maps/vectors';
import { randomStream } from '../../../src/domain/random/stream';
import type { Monitor, NeighbourGraph, Positions } from '../../../src/projection/types';
import { Cancelled, UNWATCHED } from '../../../src/projection/types';

/** Vectors of these numbers. @param value gives the number of a row and a column */
export function table(count: number, dimensions: number, value: (row: number, k: number) => number): Vectors {
  const cells = Float32Array.from({ length: count * dimensions }, (_, i) =>
    value(Math.floor(i / dimensions), i % dimensions),
  );
  return { values: cells, count, dimensions };
}

/** Numbers in [0, 1) that Python computes in the same way, for values from scikit-learn. */
export function scattered(row: number, k: number): number {
  return ((row * 7919 + k * 104729 + row * row * 31 * (k + 1)) % 1009) / 1009;
}

/** Ten clusters, row i in cluster i % 10, with normal noise about normal centres. */
export function clusters(count: number, dimensions: number, { noise = 0.3, seed = 1 } = {}): Vectors {
  const random = randomStream(seed, 4711);
  const centres = Float32Array.from({ length: 10 * dimensions }, () => random.normal());
  return table(count, dimensions, (row, k) => centres[(row % 10) * dimensions + k] + noise * random.normal());
}

export function labelsOf(count: number, classes = 10): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row % classes);
}

/** The first columns as a map. */
export function columnsAsMap(
  { values, count, dimensions }: Vectors,
  mapDimensions: MapDimensions,
): Positions {
  const cells = Float32Array.from(
    { length: count * mapDimensions },
    (_, i) => values[Math.floor(i / mapDimensions) * dimensions + (i % mapDimensions)],
  );
  return { values: cells, count, dimensions: mapDimensions };
}

/** The k nearest by sorting all distances; cosine of zero vectors is 0. */
export function sortedGraph(
  { values, count, dimensions }: Vectors,
  k: number,
  metric: 'cosine' | 'euclidean',
): NeighbourGraph {
  const row = (i: number) => Array.from(values.subarray(i * dimensions, (i + 1) * dimensions));
  const rows = Array.from({ length: count }, (_, i) => row(i));
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, at) => sum + x * b[at], 0);
  const squares = rows.map((x) => dot(x, x));
  const distance = (i: number, j: number) => {
    const product = dot(rows[i], rows[j]);
    if (metric === 'euclidean') return Math.sqrt(Math.max(0, squares[i] + squares[j] - 2 * product));
    return squares[i] * squares[j] > 0 ? 1 - product / Math.sqrt(squares[i] * squares[j]) : 1;
  };
  const nearest = rows.map((_, i) =>
    rows
      .map((__, j) => ({ j, distance: distance(i, j) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j)
      .slice(0, k),
  );
  const indices = Int32Array.from(nearest.flatMap((list) => list.map(({ j }) => j)));
  const distances = Float32Array.from(nearest.flatMap((list) => list.map((found) => found.distance)));
  return { indices, distances, count, k: Math.min(k, count - 1), metric };
}

/** A monitor that stops the work at its n-th look. */
export function cancelAt(look: number): Monitor {
  let looks = 0;
  return {
    ...UNWATCHED,
    check: () => {
      if (++looks >= look) throw new Cancelled();
    },
  };
}
