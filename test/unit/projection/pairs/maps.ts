/** Small maps for tests: groups of samples in the plane, the graph of their nearest others, and joins of them. */
import type { RandomStream } from '../../../../src/domain/random/stream';
import type { UnplacedMap } from '../../../../src/projection/pairs/align';
import { joinRows, type Join } from '../../../../src/projection/pairs/join';
import type { NeighbourGraph, Positions } from '../../../../src/projection/types';

/** Groups of normal clouds around the corners of a polygon, row by row in turn. */
export function groups(count: number, classes: number, random: RandomStream): Positions {
  const values = new Float32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const angle = (2 * Math.PI * (row % classes)) / classes;
    // A little longer one way than the other, so that no turn but the right one fits.
    values[2 * row] = 12 * Math.cos(angle) + random.normal();
    values[2 * row + 1] = 8 * Math.sin(angle) + (row % classes) + random.normal();
  }
  return { values, count, dimensions: 2 };
}

/** The k nearest others by brute force. */
export function graphOf({ values, count, dimensions }: Positions, k: number): NeighbourGraph {
  const indices = new Int32Array(count * k);
  const distances = new Float32Array(count * k);
  for (let row = 0; row < count; row++) {
    const distance = Float64Array.from({ length: count }, (_, other) => {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        const gap = (values[row * dimensions + d] ?? 0) - (values[other * dimensions + d] ?? 0);
        sum += gap * gap;
      }
      return Math.sqrt(sum);
    });
    const nearest = [...distance.keys()]
      .filter((other) => other !== row)
      .sort((a, b) => (distance[a] ?? 0) - (distance[b] ?? 0))
      .slice(0, k);
    indices.set(nearest, row * k);
    distances.set(
      nearest.map((other) => distance[other] ?? 0),
      row * k,
    );
  }
  return { indices, distances, count, k, metric: 'euclidean' };
}

/** Names `c0` and on for groups as `groups` makes them. */
export function classesOf(count: number, classes: number) {
  return {
    categories: Array.from({ length: classes }, (_, code) => `c${code}`),
    codes: Int32Array.from({ length: count }, (_, row) => row % classes),
  };
}

/** A join of rows named by number: each side lists its names. */
export function joinOf(left: readonly number[], right: readonly number[]): Join {
  const side = (names: readonly number[]) => ({ dataset: 'd', ids: names.map(String), contents: null });
  return joinRows(side(left), side(right));
}

/** 0 to count - 1. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row);
}

/** A map whose method gives these positions, whatever it is told. */
export function fixedMap(
  positions: Positions,
  rest: Partial<Omit<UnplacedMap, 'layOut'>> & { readonly seen?: UnplacedMap['layOut'] } = {},
): UnplacedMap {
  const { seen, ...known } = rest;
  return {
    graph: graphOf(positions, 15),
    classes: null,
    takesAnchors: true,
    ...known,
    layOut: (hints, monitor) => {
      seen?.(hints, monitor);
      return positions;
    },
  };
}
