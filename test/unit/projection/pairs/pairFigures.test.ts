/** Figures of a pair class by class, columns of change, and movement beside the neighbours. */
import { describe, expect, test } from 'vitest';
import type { ClassFigures } from '../../../../src/domain/maps/figures';
import { randomStream } from '../../../../src/domain/random/stream';
import { changeColumns } from '../../../../src/projection/pairs/jaccard';
import { sameRows } from '../../../../src/projection/pairs/join';
import { relativeMovement } from '../../../../src/projection/pairs/movement';
import { pairFigures } from '../../../../src/projection/pairs/pairFigures';
import { radiusOf } from '../../../../src/projection/pairs/procrustes';
import { Cancelled, UNWATCHED } from '../../../../src/projection/types';
import { graphOf, groups, joinOf, upTo } from './maps';

function figures(name: string, count: number, accuracy: number): ClassFigures {
  return {
    name,
    count,
    accuracy,
    tightness: 1,
    nearest: '',
    nearestSimilarity: 0,
    confusedWith: '',
    confusedShare: 0,
    drift: null,
  };
}

test('pairFigures joins classes by name and averages the change of their shared rows', () => {
  const change = {
    values: Float32Array.of(1, 0.5, Number.NaN, 0.25, 0.75),
    k: 15,
    median: 0.625,
    histogram: [1, 2],
  };
  const alignment = { residual: 0.1, anchoredShare: 0.75, pull: 0.1, isWeak: false };
  const pair = pairFigures({
    left: {
      classes: { categories: ['cat', 'dog'], codes: Int32Array.of(0, 1, 1, 1, -1) },
      figures: [figures('cat', 1, 0.9), figures('dog', 3, 0.8)],
    },
    right: { classes: null, figures: [figures('dog', 2, 0.7), figures('cow', 4, 0.6)] },
    join: joinOf(upTo(5), [0, 1, 3, 4, 9, 10]),
    change,
    cka: 0.4,
    alignment,
  });
  expect(pair).toMatchObject({
    shared: 4,
    onlyLeft: 1,
    onlyRight: 2,
    joinedBy: 'id',
    k: 15,
    jaccardMedian: 0.625,
    cka: 0.4,
    alignment,
  });
  expect(pair.classes).toEqual([
    { name: 'cat', left: 1, right: 0, change: 0, leftAccuracy: 0.9, rightAccuracy: Number.NaN },
    { name: 'dog', left: 3, right: 2, change: 0.625, leftAccuracy: 0.8, rightAccuracy: 0.7 },
    { name: 'cow', left: 0, right: 4, change: Number.NaN, leftAccuracy: Number.NaN, rightAccuracy: 0.6 },
  ]);
});

test('changeColumns gives each side the change of its own rows', () => {
  const change = { values: Float32Array.of(1, 0.25, Number.NaN), k: 15, median: 0.625, histogram: [] };
  const { left, right } = changeColumns(change, joinOf([7, 8, 9], [5, 8, 7]));
  expect([...left]).toEqual([0, 0.75, Number.NaN]);
  expect([...right]).toEqual([Number.NaN, 0.75, 0]);
});

describe('relativeMovement', () => {
  const positions = groups(160, 4, randomStream(1));
  const map = { positions, graph: graphOf(positions, 15), classes: null };

  test('is nothing for a group that drifts as a whole, and the way of a sample that leaves it', () => {
    const values = positions.values.slice();
    for (let row = 0; row < 160; row += 4) values[2 * row] = (values[2 * row] ?? 0) + 6;
    values[2 * 8] = (values[2 * 8] ?? 0) - 9;
    const movement = relativeMovement(map, { ...positions, values }, sameRows(160), UNWATCHED);
    const unit = radiusOf(positions);
    movement.forEach((value, row) => expect(value * unit).toBeCloseTo(row === 8 ? 9 : 0, 4));
  });

  test('has no value for a row that is not shared, and asks whether it is wanted', () => {
    const join = joinOf(upTo(160), upTo(159));
    const movement = relativeMovement(map, positions, join, UNWATCHED);
    expect([...movement.keys()].filter((row) => Number.isNaN(movement[row]))).toEqual([159]);
    const check = (): void => {
      throw new Cancelled();
    };
    expect(() => relativeMovement(map, positions, join, { ...UNWATCHED, check })).toThrow(Cancelled);
  });
});
