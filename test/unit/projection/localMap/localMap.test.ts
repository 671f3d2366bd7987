import { describe, expect, it } from 'vitest';
import type { MapDimensions, Metric } from '../../../../src/domain/maps/request';
import type { Vectors } from '../../../../src/domain/maps/vectors';
import { localMap, weightsAt } from '../../../../src/projection/localMap/localMap';
import { mapQuality } from '../../../../src/projection/quality';
import type { Monitor, Positions } from '../../../../src/projection/types';
import { Cancelled, UNWATCHED } from '../../../../src/projection/types';
import { cancelAt, clusters, columnsAsMap, labelsOf, scattered, sortedGraph, table } from '../support';

interface Setting {
  readonly metric?: Metric;
  readonly dimensions?: MapDimensions;
  readonly k?: number;
  readonly seed?: number;
  readonly monitor?: Monitor;
}

function mapOf(
  vectors: Vectors,
  { metric = 'euclidean', dimensions = 2, k = 15, seed = 0, monitor }: Setting = {},
): Positions {
  const start = { positions: columnsAsMap(vectors, dimensions), kind: 'sketch' } as const;
  return localMap(vectors, sortedGraph(vectors, k, metric), { start, seed }, monitor ?? UNWATCHED);
}

describe('LocalMAP', () => {
  const data = clusters(600, 16, { noise: 0.4 });

  it.each([
    { metric: 'euclidean', dimensions: 2 },
    { metric: 'cosine', dimensions: 2 },
    { metric: 'euclidean', dimensions: 3 },
  ] as const)(
    'keeps ten clusters and their neighbourhoods ($metric, $dimensions D)',
    ({ metric, dimensions }) => {
      const options = { k: 15, rows: 600, seed: 0, metric, labels: labelsOf(600) };
      const before = mapQuality(data, columnsAsMap(data, dimensions), options, UNWATCHED);
      const after = mapQuality(data, mapOf(data, { metric, dimensions }), options, UNWATCHED);
      expect(before.trustworthiness).toBeLessThan(0.93);
      expect(after.trustworthiness).toBeGreaterThan(0.95);
      expect(after.mapAccuracy).toBe(1);
    },
  );

  it('is a function of vectors, start and seed', () => {
    const once = mapOf(data);
    expect(mapOf(data).values).toEqual(once.values);
    expect(mapOf(data, { seed: 1 }).values).not.toEqual(once.values);
  });

  it('stays with a map that it starts from, where a sketch gives the arrangement alone', () => {
    const graph = sortedGraph(data, 15, 'euclidean');
    const first = mapOf(data);
    const again = (kind: 'map' | 'sketch') =>
      localMap(data, graph, { start: { positions: first, kind }, seed: 9 }, UNWATCHED);
    expect(medianShift(first, again('map'))).toBeLessThan(0.15);
    expect(medianShift(first, again('map'))).toBeLessThan(medianShift(first, again('sketch')));
  });

  it.each([
    ['no sample', table(0, 4, scattered)],
    ['one sample', table(1, 4, scattered)],
    ['two samples', table(2, 4, scattered)],
    ['twelve samples', table(12, 4, scattered)],
    ['one dimension', table(60, 1, (row) => row * row)],
    ['4,096 dimensions', table(30, 4096, scattered)],
    ['copies', table(300, 8, (row, k) => (row < 250 ? 1 : scattered(row, k)))],
    ['copies alone', table(40, 3, () => 2)],
    ['zero vectors', table(40, 3, () => 0)],
  ])('gives every sample a place for %s', (_, vectors) => {
    for (const metric of ['cosine', 'euclidean'] as const) {
      const start = {
        positions: columnsAsMap({ ...vectors, dimensions: Math.max(2, vectors.dimensions) }, 2),
      };
      const finite = {
        ...start.positions,
        values: start.positions.values.map((x) => (Number.isFinite(x) ? x : 0)),
      };
      const graph = sortedGraph(vectors, 15, metric);
      const map = localMap(
        vectors,
        graph,
        { start: { positions: finite, kind: 'sketch' }, seed: 0 },
        UNWATCHED,
      );
      expect(map.values).toHaveLength(vectors.count * 2);
      expect(map.values.every(Number.isFinite)).toBe(true);
    }
  });

  it('tells of its progress, shows what is there, and stops when it is told to', () => {
    const fractions: number[] = [];
    let snapshots = 0;
    const monitor: Monitor = {
      check: () => undefined,
      progress: (_, fraction) => fractions.push(fraction),
      snapshot: ({ count }) => (snapshots += count === 60 ? 1 : 0),
    };
    const few = clusters(60, 4);
    mapOf(few, { monitor });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(snapshots).toBe(18);
    expect(() => mapOf(few, { monitor: cancelAt(50) })).toThrow(Cancelled);
  });

  it('weighs pairs as the paper does', () => {
    expect(weightsAt(0)).toEqual({ near: 2, midNear: 1000, further: 1, radius: null });
    expect(weightsAt(50).midNear).toBeCloseTo(501.5, 6);
    expect(weightsAt(100)).toEqual({ near: 3, midNear: 3, further: 1, radius: null });
    expect(weightsAt(200)).toEqual({ near: 1, midNear: 0, further: 1, radius: 10 });
  });
});

/** Median distance of samples in two maps of one frame, in root mean square radii of the first. */
function medianShift(a: Positions, b: Positions): number {
  const shifts = Array.from({ length: a.count }, (_, i) =>
    Math.sqrt((a.values[2 * i] - b.values[2 * i]) ** 2 + (a.values[2 * i + 1] - b.values[2 * i + 1]) ** 2),
  ).sort((x, y) => x - y);
  const radius = Math.sqrt(a.values.reduce((sum, x) => sum + x * x, 0) / a.count);
  return shifts[Math.floor(a.count / 2)] / radius;
}
