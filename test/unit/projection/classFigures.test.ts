import { describe, expect, it } from 'vitest';
import type { Vectors } from '../../../src/domain/maps/vectors';
import { knnVote } from '../../../src/domain/metrics/neighbours';
import { classFigures, neighbourPredictions, type RowClasses } from '../../../src/projection/classFigures';
import type { NeighbourGraph } from '../../../src/projection/types';
import { clusters, labelsOf, sortedGraph, table } from './support';

const NAMES = Array.from({ length: 10 }, (_, code) => `class ${code}`);

function figuresOf(vectors: Vectors, classes: RowClasses, before: NeighbourGraph | null = null) {
  const graph = sortedGraph(vectors, 8, 'cosine');
  return classFigures({ vectors, classes, graph, before, predictions: neighbourPredictions(graph, classes) });
}

describe('predictions by neighbours', () => {
  const data = clusters(200, 5, { noise: 0.8 });
  const classes = { codes: labelsOf(200), categories: NAMES };

  it('are the votes of a bank without the sample', () => {
    const graph = sortedGraph(data, 8, 'cosine');
    const { codes, confidence } = neighbourPredictions(graph, classes);
    const vote = { classes: 10, neighbours: 8, temperature: 0.07 };
    const all = sortedGraph(data, 199, 'cosine');
    for (let row = 0; row < 200; row++) {
      const similarities = new Float32Array(200).fill(Number.NEGATIVE_INFINITY);
      for (let edge = row * 199; edge < (row + 1) * 199; edge++) {
        similarities[all.indices[edge]] = 1 - all.distances[edge];
      }
      expect(codes[row]).toBe(knnVote(similarities, classes.codes, vote));
      expect(confidence[row]).toBeGreaterThan(0.1);
      expect(confidence[row]).toBeLessThanOrEqual(1);
    }
  });

  it('weigh Euclidean neighbours alike, and leave a row without votes open', () => {
    const line = table(5, 1, (row) => row);
    const graph = sortedGraph(line, 2, 'euclidean');
    const { codes, confidence } = neighbourPredictions(graph, {
      codes: Int32Array.from([0, -1, -1, 1, 1]),
      categories: ['a', 'b'],
    });
    expect([...codes]).toEqual([-1, 0, 1, 1, 1]);
    expect([...confidence]).toEqual([Number.NaN, 1, 1, 1, 1]);
  });
});

describe('the figures of classes', () => {
  it('are those of directions that are known', () => {
    // Two directions 60 degrees apart, a third at a right angle to the first; each class is one direction twice.
    const directions = [
      [2, 0],
      [0.5, Math.sqrt(0.75)],
      [0, 3],
    ];
    const vectors = table(6, 2, (row, k) => directions[row % 3][k]);
    const classes = { codes: labelsOf(6, 3), categories: ['x', 'between', 'y'] };
    const graph = sortedGraph(vectors, 1, 'cosine');
    const predictions = neighbourPredictions(graph, classes);
    const figures = classFigures({ vectors, classes, graph, predictions, before: null });
    expect(figures.map(({ nearest }) => nearest)).toEqual(['between', 'y', 'between']);
    expect(figures[1].nearestSimilarity).toBeCloseTo(Math.sqrt(0.75), 6);
    for (const one of figures) {
      expect(one.tightness).toBeCloseTo(1, 6);
      expect(one).toMatchObject({ count: 2, accuracy: 1, confusedWith: '', confusedShare: 0, drift: null });
    }
  });

  it('find the class that another is taken for', () => {
    const base = clusters(300, 6, { noise: 0.1 });
    // A third of class 4 lies where class 7 lies.
    const vectors = table(300, 6, (row, k) => base.values[(row % 30 === 4 ? row + 3 : row) * 6 + k]);
    const figures = figuresOf(vectors, { codes: labelsOf(300), categories: NAMES });
    expect(figures[4]).toMatchObject({ name: 'class 4', count: 30, confusedWith: 'class 7' });
    expect(figures[4].confusedShare).toBeCloseTo(1 / 3, 6);
    expect(figures[4].accuracy).toBeCloseTo(2 / 3, 6);
    expect(figures[4].tightness).toBeLessThan(Math.min(figures[3].tightness, figures[5].tightness));
  });

  it('tell how many neighbours are new, class by class', () => {
    const first = clusters(200, 6, { noise: 0.5 });
    const moved = table(
      200,
      6,
      (row, k) => first.values[(row % 10 === 2 ? (row * 7 + 1) % 200 : row) * 6 + k],
    );
    const classes = { codes: labelsOf(200), categories: NAMES };
    const same = figuresOf(first, classes, sortedGraph(first, 8, 'cosine'));
    expect(same.map(({ drift }) => drift)).toEqual(NAMES.map(() => 0));
    const changed = figuresOf(moved, classes, sortedGraph(first, 8, 'cosine'));
    expect(changed[2].drift).toBeGreaterThan(0.8);
    expect(changed[2].drift).toBeLessThanOrEqual(1);
    const other = sortedGraph(clusters(100, 6), 8, 'cosine');
    expect(() => figuresOf(first, classes, other)).toThrow(RangeError);
  });

  it('leave out classes without samples and rows without a class, and know no nearest of an only class', () => {
    const vectors = table(4, 3, (row, k) => (row === 3 ? 0 : row + k));
    const classes = { codes: Int32Array.from([1, 1, -1, 1]), categories: ['none', 'all'] };
    const [only, ...others] = figuresOf(vectors, classes);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      name: 'all',
      count: 3,
      nearest: '',
      nearestSimilarity: Number.NaN,
      accuracy: 1,
    });
    const alone = figuresOf(
      table(1, 2, () => 1),
      { codes: Int32Array.of(0), categories: ['a'] },
    );
    expect(alone[0]).toMatchObject({ count: 1, accuracy: Number.NaN, confusedWith: '' });
  });
});
