/** UMAP: its curve and weights against published values, layouts of clusters, anchors, and input without a good map. */
import { describe, expect, it, test } from 'vitest';
import { MAP_DIMENSIONS } from '../../../../src/domain/maps/request';
import type { Vectors } from '../../../../src/domain/maps/vectors';
import { neighbourGraph } from '../../../../src/projection/neighbours/neighbourGraph';
import { mapQuality } from '../../../../src/projection/quality';
import { Cancelled, UNWATCHED, type Positions } from '../../../../src/projection/types';
import { fitCurve } from '../../../../src/projection/umap/curve';
import { pcaStart } from '../../../../src/projection/umap/start';
import { umap } from '../../../../src/projection/umap/umap';
import { fuzzyGraph } from '../../../../src/projection/umap/weights';
import { cancelAt, clusters, labelsOf, table } from '../support';

const OPTIONS = { k: 15, metric: 'euclidean', seed: 3 } as const;

function layOut(vectors: Vectors, dimensions: 2 | 3 = 2, more: object = {}): Positions {
  const graph = neighbourGraph(vectors, OPTIONS, UNWATCHED);
  const start = pcaStart(vectors, { dimensions, seed: 3 }, UNWATCHED);
  return umap(graph, { start, seed: 3, epochs: 100, ...more }, UNWATCHED);
}

describe('the curve', () => {
  // Published for umap-learn's defaults; the others by scipy.optimize.curve_fit, as umap-learn calls it.
  test.each([
    [0.1, 1, 1.577, 0.8951],
    [0.5, 1, 0.583, 1.334],
    [0, 1, 1.933, 0.7905],
  ])('for a least distance of %f and a spread of %f', (minDistance, spread, a, b) => {
    const curve = fitCurve({ minDistance, spread });
    expect(curve.a).toBeCloseTo(a, 3);
    expect(curve.b).toBeCloseTo(b, 3);
  });
});

describe('the weights', () => {
  const vectors = clusters(300, 6);
  const graph = neighbourGraph(vectors, OPTIONS, UNWATCHED);
  const { starts, tails, weights } = fuzzyGraph(graph, UNWATCHED);

  it('are the same in both directions, from 0 to 1, and 1 for the nearest neighbour', () => {
    const weightOf = new Map<string, number>();
    for (let row = 0; row < 300; row++) {
      for (let pair = starts[row]; pair < starts[row + 1]; pair++)
        weightOf.set(`${row} ${tails[pair]}`, weights[pair]);
    }
    expect(weightOf.size).toBe(tails.length);
    for (const [pair, weight] of weightOf) {
      expect(weight).toBeGreaterThanOrEqual(0);
      expect(weight).toBeLessThanOrEqual(1);
      expect(weightOf.get(pair.split(' ').reverse().join(' '))).toBe(weight);
    }
    for (let row = 0; row < 300; row++) expect(weightOf.get(`${row} ${graph.indices[row * 15]}`)).toBe(1);
  });

  it('of a row before the union sum to the logarithm of its neighbours and itself', () => {
    // A ring: each row has the same neighbours in turn, so a weight w became 2w - w².
    const ring = table(64, 2, (row, k) => (k === 0 ? Math.cos : Math.sin)((row * Math.PI) / 32));
    const { starts: from, weights: union } = fuzzyGraph(
      neighbourGraph(ring, { ...OPTIONS, k: 8 }, UNWATCHED),
      UNWATCHED,
    );
    const own = Array.from(union.subarray(from[5], from[6]), (weight) => 1 - Math.sqrt(1 - weight));
    expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(Math.log2(9), 2);
  });
});

describe('a layout', () => {
  test.each(MAP_DIMENSIONS)('in %i dimensions keeps clusters apart and neighbours together', (dimensions) => {
    const vectors = clusters(1000, 16);
    const labels = labelsOf(1000);
    const quality = mapQuality(
      vectors,
      layOut(vectors, dimensions),
      { k: 15, rows: 300, seed: 1, metric: 'euclidean', labels },
      UNWATCHED,
    );
    expect(quality.mapAccuracy).toBeGreaterThan(0.98);
    expect(quality.trustworthiness).toBeGreaterThan(0.94);
  });

  it('is the same for the same seed and another for another', () => {
    const vectors = clusters(400, 8);
    expect(layOut(vectors)).toEqual(layOut(vectors));
    expect(layOut(vectors, 2, { seed: 4 })).not.toEqual(layOut(vectors));
  });

  it('stays near anchors as far as it is pulled', () => {
    const vectors = clusters(500, 8);
    const positions: Positions = {
      values: Float32Array.from({ length: 1000 }, (_, i) => 10 * Math.sin(i * i)),
      count: 500,
      dimensions: 2,
    };
    const distance = (pull: number): number => {
      const map = layOut(vectors, 2, { anchors: { positions, pull: new Float32Array(500).fill(pull) } });
      return map.values.reduce((sum, value, i) => sum + Math.abs(value - positions.values[i]), 0) / 1000;
    };
    expect(distance(0)).toBeGreaterThan(4);
    expect(distance(1)).toBeLessThan(1);
    expect(distance(0.1)).toBeLessThan(distance(0));
  });

  it('shows itself on the way and stops when it is cancelled', () => {
    const vectors = clusters(300, 8);
    const graph = neighbourGraph(vectors, OPTIONS, UNWATCHED);
    const start = pcaStart(vectors, { dimensions: 2, seed: 0 }, UNWATCHED);
    let snapshots = 0;
    umap(graph, { start, seed: 0, epochs: 50 }, { ...UNWATCHED, snapshot: () => snapshots++ });
    expect(snapshots).toBe(10);
    expect(() => umap(graph, { start, seed: 0 }, cancelAt(30))).toThrow(Cancelled);
  });

  test.each<[string, Vectors]>([
    ['two points', table(2, 3, (row) => row)],
    ['one point', table(1, 3, () => 1)],
    ['fewer points than neighbours', table(7, 3, (row, k) => Math.sin(row + k * k))],
    ['one dimension', table(200, 1, (row) => row)],
    ['copies of one row', table(3000, 4, (_, k) => k)],
    ['rows of zeros', table(100, 4, () => 0)],
  ])('of %s is finite', (_, vectors) => {
    for (const dimensions of MAP_DIMENSIONS) {
      const { values } = layOut(vectors, dimensions);
      expect(values).toHaveLength(vectors.count * dimensions);
      expect(values.every((value) => Number.isFinite(value) && Math.abs(value) < 1000)).toBe(true);
    }
  });
});
