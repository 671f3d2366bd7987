import { describe, expect, it } from 'vitest';
import { fullDistances, mapQuality, qualityOf } from '../../../src/projection/quality';
import { Cancelled, UNWATCHED } from '../../../src/projection/types';
import { cancelAt, clusters, columnsAsMap, labelsOf, scattered, table } from './support';

const ALL = { rows: 10_000, seed: 0, labels: null } as const;

describe('the quality of a map', () => {
  const vectors = table(60, 5, scattered);
  const map = columnsAsMap(vectors, 2);

  // sklearn.manifold.trustworthiness(X, Y), and (Y, X) for the continuity; overlap from sklearn.neighbors. Version 1.9.
  it.each([
    { k: 5, metric: 'euclidean', trust: 0.7382051282051282, continuity: 0.8771153846153846, overlap: 0.38 },
    {
      k: 15,
      metric: 'euclidean',
      trust: 0.7863363363363364,
      continuity: 0.851051051051051,
      overlap: 0.52778,
    },
    { k: 5, metric: 'cosine', trust: 0.7228846153846153, continuity: Number.NaN, overlap: 0.35 },
    { k: 15, metric: 'cosine', trust: 0.7615615615615616, continuity: Number.NaN, overlap: 0.5 },
  ] as const)('equals scikit-learn for k = $k and $metric', ({ k, metric, trust, continuity, overlap }) => {
    const quality = mapQuality(vectors, map, { ...ALL, k, metric }, UNWATCHED);
    expect(quality.trustworthiness).toBeCloseTo(trust, 10);
    if (!Number.isNaN(continuity)) expect(quality.continuity).toBeCloseTo(continuity, 10);
    expect(quality.overlap).toBeCloseTo(overlap, 5);
    expect(quality).toMatchObject({ k, rows: 60, mapAccuracy: null, fullAccuracy: null });
  });

  it('is one where the map is the space, and the sample names its rows', () => {
    const plane = table(500, 3, scattered);
    const own = columnsAsMap(plane, 3);
    const options = { k: 15, rows: 80, seed: 3, metric: 'euclidean', labels: labelsOf(500) } as const;
    const quality = mapQuality(plane, own, options, UNWATCHED);
    expect(quality).toMatchObject({ rows: 80, trustworthiness: 1, continuity: 1, overlap: 1 });
    expect(quality.mapAccuracy).toBe(quality.fullAccuracy);
  });

  it('is the same from distances that were kept, and near the figure of all rows', () => {
    const data = clusters(900, 12);
    const flat = columnsAsMap(data, 2);
    const options = { k: 10, rows: 300, seed: 5, metric: 'cosine', labels: labelsOf(900) } as const;
    const once = mapQuality(data, flat, options, UNWATCHED);
    expect(qualityOf(fullDistances(data, options, UNWATCHED), flat, options, UNWATCHED)).toEqual(once);
    const exact = mapQuality(data, flat, { ...options, rows: 900 }, UNWATCHED);
    expect(Math.abs(once.trustworthiness - exact.trustworthiness)).toBeLessThan(0.03);
    expect(once.fullAccuracy).toBeGreaterThan(0.95);
    expect(once.mapAccuracy).toBeLessThan(0.9);
  });

  it('does not count the order of copies as a distortion', () => {
    const copies = table(400, 8, (row, k) => (row < 200 ? 1 : 1 + (k === row % 8 ? 1 : 0)));
    const places = columnsAsMap(
      table(400, 2, (row, k) => (row < 200 ? scattered(row, k) : 50 + 30 * (row % 8) + k)),
      2,
    );
    const quality = mapQuality(copies, places, { ...ALL, k: 15, metric: 'euclidean' }, UNWATCHED);
    expect(quality).toMatchObject({ trustworthiness: 1, overlap: 1 });
  });

  it('leaves out rows that have no place, on both sides', () => {
    const plane = table(50, 2, scattered);
    const values = columnsAsMap(plane, 2).values;
    for (let row = 0; row < 50; row += 5) values[row * 2] = Number.NaN;
    const quality = mapQuality(
      plane,
      { values, count: 50, dimensions: 2 },
      { ...ALL, k: 5, metric: 'euclidean' },
      UNWATCHED,
    );
    expect(quality).toMatchObject({ rows: 40, trustworthiness: 1, continuity: 1, overlap: 1 });
  });

  it.each([0, 1, 2, 3])('is finite for %i samples', (count) => {
    const few = table(count, 1, (row) => row);
    const line = { values: new Float32Array(count * 2), count, dimensions: 2 } as const;
    const labels = labelsOf(count, 1);
    const quality = mapQuality(few, line, { ...ALL, labels, k: 15, metric: 'cosine' }, UNWATCHED);
    expect(quality.k).toBe(Math.max(0, count - 1));
    for (const share of [quality.trustworthiness, quality.continuity, quality.overlap]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  it('leaves unknown classes out of the accuracy, and stops when it is told to', () => {
    const data = clusters(200, 6, { noise: 0.1 });
    const labels = labelsOf(200).map((label, row) => (row % 3 === 0 ? -1 : label));
    const map2 = columnsAsMap(data, 2);
    expect(
      mapQuality(data, map2, { ...ALL, labels, k: 5, metric: 'euclidean' }, UNWATCHED).fullAccuracy,
    ).toBe(1);
    const nothing = mapQuality(
      data,
      map2,
      { ...ALL, labels: labels.fill(-1), k: 5, metric: 'euclidean' },
      UNWATCHED,
    );
    expect(nothing.fullAccuracy).toBeNull();
    expect(() => mapQuality(data, map2, { ...ALL, k: 5, metric: 'euclidean' }, cancelAt(3))).toThrow(
      Cancelled,
    );
  });
});
