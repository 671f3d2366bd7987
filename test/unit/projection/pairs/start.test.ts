/** Where samples start: at their partner's place, or among their neighbours. */
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { startPositions } from '../../../../src/projection/pairs/start';
import type { NeighbourGraph, Positions } from '../../../../src/projection/types';
import { graphOf, groups, joinOf, upTo } from './maps';

const placeOf = ({ values, dimensions }: Positions, row: number): number[] => [
  ...values.subarray(row * dimensions, (row + 1) * dimensions),
];

/** A row of points, each the neighbour of the next. */
function chain(count: number): NeighbourGraph {
  const indices = Int32Array.from({ length: count }, (_, row) => Math.max(0, row - 1) || (row === 0 ? 1 : 0));
  return { indices, distances: new Float32Array(count).fill(1), count, k: 1, metric: 'euclidean' };
}

describe('startPositions', () => {
  test('puts shared samples at their place and unseen ones into their group', () => {
    const map = groups(90, 3, randomStream(1));
    const start = startPositions(
      map,
      graphOf(map, 10),
      joinOf(
        upTo(90),
        upTo(90).map((row) => (row < 60 ? row : row + 900)),
      ),
    );
    expect(placeOf(start, 17)).toEqual(placeOf(map, 17));
    for (let row = 60; row < 90; row++) {
      const [x = 0, y = 0] = placeOf(start, row);
      const [a = 0, b = 0] = placeOf(map, row);
      expect(Math.abs(x - a) + Math.abs(y - b)).toBeLessThan(6);
    }
  });

  test('weighs the nearer neighbour more', () => {
    const reference: Positions = { values: Float32Array.of(0, 0, 4, 0), count: 2, dimensions: 2 };
    const graph: NeighbourGraph = {
      indices: Int32Array.of(1, 2, 0, 2, 0, 1),
      distances: Float32Array.of(1, 1, 1, 1, 1, 3),
      count: 3,
      k: 2,
      metric: 'euclidean',
    };
    // Weights 2/3 and 2/5 of the mean distance 2: the mean is at 4 * 0.4 / (2/3 + 0.4).
    expect(placeOf(startPositions(reference, graph, joinOf([0, 1], [0, 1, 2])), 2)[0]).toBeCloseTo(1.5, 5);
  });

  test('goes on from neighbour to neighbour, and spreads whoever has no way to a placed row', () => {
    const reference: Positions = { values: Float32Array.of(3, 5, 7, 9), count: 2, dimensions: 2 };
    const far = startPositions(reference, chain(30), joinOf([0, 1], upTo(30)));
    expect(placeOf(far, 29)).toEqual([7, 9]);
    const lost: NeighbourGraph = { ...chain(6), indices: Int32Array.of(1, 0, 3, 2, 5, 4) };
    const start = startPositions(reference, lost, joinOf([0, 1], upTo(6)));
    expect(new Set([2, 3].map((row) => placeOf(start, row).join())).size).toBe(2);
    expect(start.values.every(Number.isFinite)).toBe(true);
  });

  test('takes a shared sample without a place on the reference for unseen', () => {
    const reference: Positions = {
      values: Float32Array.of(1, 2, Number.NaN, Number.NaN),
      count: 2,
      dimensions: 2,
    };
    expect(placeOf(startPositions(reference, chain(2), joinOf([0, 1], [0, 1])), 1)).toEqual([1, 2]);
  });

  test('keeps copies of one sample together: equal distances of zero weigh the same', () => {
    const reference: Positions = { values: Float32Array.of(2, 2), count: 1, dimensions: 2 };
    const graph = { ...chain(3), distances: new Float32Array(3) };
    const start = startPositions(reference, graph, joinOf([0], upTo(3)));
    expect(placeOf(start, 2)).toEqual([2, 2]);
  });
});
