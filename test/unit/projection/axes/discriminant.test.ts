import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { discriminantMap } from '../../../../src/projection/axes/discriminant';
import { mapQuality } from '../../../../src/projection/quality';
import { UNWATCHED } from '../../../../src/projection/types';
import { clusters, columnsAsMap, labelsOf, scattered, table } from '../support';

const THREE = ['a', 'b', 'c'];
const vectors = table(60, 5, (row, k) => {
  const shift = row % 3 === 1 && k === 0 ? 0.8 : row % 3 === 2 && k === 2 ? 0.6 : 0;
  return scattered(row, k) + shift;
});

describe('discriminant axes', () => {
  const classes = { codes: labelsOf(60, 3), categories: THREE };

  // scipy.linalg.eigh(between, 0.9 within + 0.1 trace(within) / 5 I), the axis of either sign. Version 1.17.
  it('solve the generalised eigenproblem as SciPy does', () => {
    const { positions, axes } = discriminantMap(vectors, classes, 2, UNWATCHED);
    expect(axes).toEqual(['LDA 1 (83.7 %)', 'LDA 2 (16.3 %)']);
    const first = [-2.483380439591758, 3.5345657897167424, -0.21239330115232427, 0.07574671430138791];
    const second = [-1.0007326269889478, 0.2549389200168186, 1.6981738224613372, 1.0193506578893925];
    first.forEach((value, row) => expect(positions.values[2 * row]).toBeCloseTo(value, 4));
    second.forEach((value, row) => expect(positions.values[2 * row + 1]).toBeCloseTo(value, 4));
  });

  it('part classes that the largest variance hides', () => {
    const data = clusters(500, 12, { noise: 0.2 });
    const hidden = table(
      500,
      12,
      (row, k) => data.values[row * 12 + k] + (k < 4 ? 20 * scattered(row, k) : 0),
    );
    const labels = labelsOf(500, 10);
    const codes = { codes: labels, categories: labelsOf(10).join(' ').split(' ') };
    const options = { k: 15, rows: 500, seed: 0, metric: 'euclidean', labels } as const;
    const { positions } = discriminantMap(hidden, codes, 3, UNWATCHED);
    expect(mapQuality(hidden, positions, options, UNWATCHED).mapAccuracy).toBeGreaterThan(0.85);
    expect(mapQuality(hidden, columnsAsMap(hidden, 3), options, UNWATCHED).mapAccuracy).toBeLessThan(0.4);
  });

  it('are filled up by principal components where there are few classes', () => {
    const two = { codes: labelsOf(60, 2), categories: ['a', 'b'] };
    const { positions, axes } = discriminantMap(vectors, two, 3, UNWATCHED);
    expect(axes).toEqual(['LDA 1 (100.0 %)', 'PCA 1', 'PCA 2']);
    expect(positions.values).toHaveLength(180);
    const line = table(10, 1, (row) => row);
    const flat = discriminantMap(line, { ...two, codes: labelsOf(10, 2) }, 2, UNWATCHED);
    expect(flat.positions.values.every(Number.isFinite)).toBe(true);
    expect(flat.axes).toEqual(['LDA 1 (100.0 %)', 'empty']);
  });

  it('place rows without a class, which count for nothing', () => {
    const codes = labelsOf(60, 3);
    const known = discriminantMap(vectors, { codes, categories: THREE }, 2, UNWATCHED);
    const more = table(65, 5, (row, k) => (row < 60 ? vectors.values[row * 5 + k] : 1000));
    const padded = Int32Array.from({ length: 65 }, (_, row) => (row < 60 ? codes[row] : -1));
    const { positions } = discriminantMap(more, { codes: padded, categories: THREE }, 2, UNWATCHED);
    expect(positions.values.slice(0, 120)).toEqual(known.positions.values);
    expect(positions.count).toBe(65);
  });

  it.each([
    ['samples that are their class', table(30, 4, (row, k) => (row % 3 === k ? 1 : 0)), 1],
    ['copies', table(30, 4, () => 1), 0],
    ['more dimensions than samples', table(30, 300, scattered), 1],
    ['4,096 dimensions', table(30, 4096, scattered), 1],
  ])('are finite for %s', (_, data, spread) => {
    const { positions } = discriminantMap(data, { codes: labelsOf(30, 3), categories: THREE }, 2, UNWATCHED);
    expect(positions.values.every(Number.isFinite)).toBe(true);
    expect(Math.sign(positions.values.reduce((sum, x) => sum + x * x, 0))).toBe(spread);
  });

  it('need two classes', () => {
    const one = { codes: new Int32Array(60), categories: THREE };
    expect(() => discriminantMap(vectors, one, 2, UNWATCHED)).toThrow(HumanError);
  });
});
