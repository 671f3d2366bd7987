/** Neighbour graphs, exact and by descent, against sorting all distances; and input that has no good answer. */
import { describe, expect, it, test } from 'vitest';
import { METRICS, type Metric } from '../../../../src/domain/maps/request';
import type { Vectors } from '../../../../src/domain/maps/vectors';
import { randomStream } from '../../../../src/domain/random/stream';
import { descentGraph } from '../../../../src/projection/neighbours/descent';
import { exactGraph } from '../../../../src/projection/neighbours/exact';
import { nearestTo, nearestToRow } from '../../../../src/projection/neighbours/nearest';
import { neighbourGraph } from '../../../../src/projection/neighbours/neighbourGraph';
import { Space } from '../../../../src/projection/neighbours/space';
import { Cancelled, UNWATCHED, type NeighbourGraph } from '../../../../src/projection/types';
import { cancelAt, clusters, sortedGraph, table } from '../support';

const exact = (vectors: Vectors, k: number, metric: Metric): NeighbourGraph =>
  exactGraph(new Space(vectors, metric), k, UNWATCHED);
const descent = (vectors: Vectors, k: number, metric: Metric, seed = 1): NeighbourGraph =>
  descentGraph(new Space(vectors, metric), { k, seed }, UNWATCHED);

/** Share of the entries of one graph that the other has too. */
function recall(found: NeighbourGraph, truth: NeighbourGraph): number {
  let hits = 0;
  for (let row = 0; row < truth.count; row++) {
    const known = new Set(truth.indices.subarray(row * truth.k, (row + 1) * truth.k));
    for (let i = 0; i < found.k; i++) if (known.has(found.indices[row * found.k + i])) hits++;
  }
  return hits / truth.indices.length;
}

/** What holds of any graph: k other rows, each once, in order of distance. */
function expectSound(graph: NeighbourGraph): void {
  const unsound: number[] = [];
  for (let row = 0; row < graph.count; row++) if (!isSound(graph, row)) unsound.push(row);
  expect(unsound).toEqual([]);
}

function isSound({ indices, distances, count, k }: NeighbourGraph, row: number): boolean {
  const own = indices.subarray(row * k, (row + 1) * k);
  const away = distances.subarray(row * k, (row + 1) * k);
  return (
    new Set(own).size === k &&
    own.every((other) => other >= 0 && other < count && other !== row) &&
    away.every((distance, i) => Number.isFinite(distance) && distance >= (i === 0 ? 0 : away[i - 1]))
  );
}

describe('the exact graph', () => {
  // Sizes around those of a tile, dimensions around those of a vector register.
  const shapes: [number, number, number][] = [
    [2, 1, 1],
    [5, 3, 4],
    [127, 5, 7],
    [128, 16, 15],
    [130, 33, 15],
    [300, 8, 40],
  ];
  for (const metric of METRICS) {
    test.each(shapes)(
      `is that of sorted ${metric} distances: %i rows, %i dimensions`,
      (count, dimensions, k) => {
        const random = randomStream(count, dimensions);
        const vectors = table(count, dimensions, () => random.normal());
        const truth = sortedGraph(vectors, k, metric);
        const found = exact(vectors, k, metric);
        expectSound(found);
        found.distances.forEach((distance, i) => expect(distance).toBeCloseTo(truth.distances[i], 4));
        expect(recall(found, truth)).toBeGreaterThan(0.999 - (dimensions === 1 ? 1 : 0));
      },
    );
  }

  it('keeps small Euclidean distances of a cloud far from the origin', () => {
    const vectors = table(200, 4, (row, k) => 4096 + (k === 0 ? row / 64 : 0));
    const graph = exact(vectors, 2, 'euclidean');
    expect(Array.from(graph.indices.subarray(200, 202))).toEqual([99, 101]);
    expect(graph.distances[200]).toBeCloseTo(1 / 64, 6);
  });

  it('takes values near the limits of float32', () => {
    const random = randomStream(3);
    const vectors = table(50, 6, () => 1e37 * random.normal());
    for (const metric of METRICS) {
      expect(recall(exact(vectors, 5, metric), sortedGraph(vectors, 5, metric))).toBe(1);
    }
  });
});

describe('the descent', () => {
  for (const metric of METRICS) {
    it(`finds nearly all ${metric} neighbours among many dimensions`, () => {
      const vectors = clusters(4000, 64, { noise: 0.6 });
      const found = descent(vectors, 15, metric);
      expectSound(found);
      expect(recall(found, exact(vectors, 15, metric))).toBeGreaterThan(0.95);
    });
  }

  it('is the same for the same seed', () => {
    const vectors = clusters(3000, 32);
    expect(descent(vectors, 10, 'cosine', 5).indices).toEqual(descent(vectors, 10, 'cosine', 5).indices);
  });

  it('fills long lists of few rows', () => {
    const vectors = clusters(300, 8);
    const found = descent(vectors, 299, 'euclidean');
    expectSound(found);
    expect(recall(found, exact(vectors, 299, 'euclidean'))).toBe(1);
  });
});

describe.each([
  ['exact', exact],
  ['descent', descent],
])('hostile input: %s', (_, graphOf) => {
  const inputs: [string, Vectors][] = [
    ['copies of one row', table(10_000, 8, (_row, k) => k + 1)],
    ['rows of zeros', table(500, 8, () => 0)],
    ['some rows of zeros', table(500, 8, (row, k) => (row % 3 === 0 ? 0 : Math.sin(row * (k + 1))))],
    ['one dimension', table(2000, 1, (row) => row - 1000)],
    ['4,096 dimensions', table(300, 4096, (row, k) => Math.sin(row * 1.7 + k * k))],
  ];
  for (const metric of METRICS) {
    test.each(inputs)(`%s, ${metric}`, (_name, vectors) => {
      expectSound(graphOf(vectors, 15, metric));
    });
  }

  it('prefers the lower of equally near rows', () => {
    const graph = graphOf(
      table(40, 3, () => 1),
      3,
      'euclidean',
    );
    if (graphOf === exact) expect(Array.from(graph.indices.subarray(60, 63))).toEqual([0, 1, 2]);
    expect(graph.distances.every((distance) => distance === 0)).toBe(true);
  });

  it('puts a vector of zeros at a right angle to all', () => {
    const graph = graphOf(
      table(20, 2, (row) => (row === 0 ? 0 : row)),
      19,
      'cosine',
    );
    expect(Array.from(graph.distances.subarray(0, 19))).toEqual(new Array(19).fill(1));
  });
});

describe('neighbourGraph', () => {
  it('gives what there is when fewer rows exist than are asked for', () => {
    const options = { k: 15, metric: 'cosine', seed: 0 } as const;
    const two = neighbourGraph(
      table(2, 2, (row, k) => row + k + 1),
      options,
      UNWATCHED,
    );
    expect([two.k, ...two.indices]).toEqual([1, 1, 0]);
    expect(
      neighbourGraph(
        table(1, 2, () => 1),
        options,
        UNWATCHED,
      ).k,
    ).toBe(0);
    expect(
      neighbourGraph(
        table(0, 2, () => 1),
        options,
        UNWATCHED,
      ).indices,
    ).toHaveLength(0);
  });

  it.each([1000, 16_000])('stops when it is cancelled, with %i rows', (count) => {
    const vectors = table(count, 4, (row, k) => Math.sin(row * (k + 2)));
    const options = { k: 5, metric: 'euclidean', seed: 0 } as const;
    expect(() => neighbourGraph(vectors, options, cancelAt(20))).toThrow(Cancelled);
  });
});

describe('the neighbours of one vector', () => {
  const vectors = clusters(200, 9);
  for (const metric of METRICS) {
    it(`are a row of the ${metric} graph`, () => {
      const truth = sortedGraph(vectors, 12, metric);
      const found = nearestToRow(vectors, 77, { k: 12, metric });
      expect(Array.from(found.rows)).toEqual(Array.from(truth.indices.subarray(77 * 12, 78 * 12)));
    });
  }

  it('of a copy of a row begin with that row', () => {
    const query = vectors.values.slice(30 * 9, 31 * 9);
    const found = nearestTo(vectors, query, { k: 500, metric: 'cosine' });
    expect(found.rows).toHaveLength(200);
    expect(found.rows[0]).toBe(30);
    expect(found.distances[0]).toBeCloseTo(0, 12);
  });
});
