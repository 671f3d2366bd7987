/** Small maps for tests: groups of samples in the plane, the graph of their nearest others, and joins of them. */
import type { RandomStream } from '../../../../src/domain/random/stream';
import type { UnplacedMap } from '../../../../src/projection/pairs/align';
import { joinRows, type Join } from '../../../../src/projection/pairs/join';
import type { NeighbourGraph, Positions } from '../../../../src/projection/types';
import { sortedGraph } from '../support';

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

/** The graph of the k nearest others on the map itself. */
export function graphOf(map: Positions, k: number): NeighbourGraph {
  return sortedGraph(map, k, 'euclidean');
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
