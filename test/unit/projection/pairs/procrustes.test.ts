/** Planted similarities recovered from matches of which a third went elsewhere, and matches that fit no one similarity. */
import { describe, expect, test } from 'vitest';
import { randomStream, type RandomStream } from '../../../../src/domain/random/stream';
import {
  matchDistances,
  radiusOf,
  robustProcrustes,
  transformed,
} from '../../../../src/projection/pairs/procrustes';
import type { Positions } from '../../../../src/projection/types';

type Dimensions = Positions['dimensions'];

const rowsTo = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);
const all = (count: number) => ({ reference: rowsTo(count), moved: rowsTo(count) });

function cloud(count: number, dimensions: Dimensions, random: RandomStream): Positions {
  const values = Float32Array.from(
    { length: count * dimensions },
    (_, i) => (1 + (i % dimensions)) * random.normal(),
  );
  return { values, count, dimensions };
}

/** A random orthogonal matrix, by Gram and Schmidt, that mirrors if asked to. */
function randomTurn(size: number, random: RandomStream, isMirror: boolean): Float64Array {
  const rows: number[][] = [];
  while (rows.length < size) {
    let row = Array.from({ length: size }, () => random.normal());
    for (const before of rows) {
      const share = row.reduce((sum, value, k) => sum + value * (before[k] ?? 0), 0);
      row = row.map((value, k) => value - share * (before[k] ?? 0));
    }
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    rows.push(row.map((value) => value / length));
  }
  const turn = Float64Array.from(rows.flat());
  const isMirrored = determinant(turn) < 0;
  return isMirrored === isMirror ? turn : turn.map((value, i) => (i < size ? -value : value));
}

function determinant(m: Float64Array): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  return m.length === 4 ? a * d - b * c : a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

describe('robustProcrustes', () => {
  test.each([
    [2, false, 1],
    [2, true, 2],
    [3, false, 3],
    [3, true, 4],
  ] as const)(
    'recovers a planted similarity in %i dimensions, mirrored: %s',
    (dimensions, isMirror, seed) => {
      const random = randomStream(seed);
      const count = 400;
      const moved = cloud(count, dimensions, random);
      const turn = randomTurn(dimensions, random, isMirror);
      const shift = Float64Array.from({ length: dimensions }, () => 10 * random.normal());
      const reference = transformed(moved, { scale: 2.5, turn, shift });
      // 30 % of the rows moved elsewhere, half of them in one direction.
      for (let row = 0; row < 120; row++) {
        for (let k = 0; k < dimensions; k++) {
          reference.values[row * dimensions + k] = row < 60 ? 12 + random.normal() : 20 * random.normal();
        }
      }
      const fit = robustProcrustes(reference, moved, all(count));
      expect(fit.scale).toBeCloseTo(2.5, 3);
      fit.turn.forEach((value, i) => expect(value).toBeCloseTo(turn[i] ?? Number.NaN, 3));
      fit.shift.forEach((value, k) => expect(value).toBeCloseTo(shift[k] ?? Number.NaN, 2));
      const distances = matchDistances(reference, transformed(moved, fit), all(count)).slice(120);
      expect(Math.max(...distances)).toBeLessThan(0.01);
    },
  );

  test('does not shrink noisy maps, however long the chain', () => {
    const random = randomStream(5);
    const shape = cloud(500, 2, random);
    let map = shape;
    for (let link = 0; link < 60; link++) {
      const next = { ...shape, values: shape.values.map((value) => value + 0.3 * random.normal()) };
      map = transformed(next, robustProcrustes(map, next, all(500)));
    }
    expect(radiusOf(map) / radiusOf(shape)).toBeCloseTo(1, 1);
  });

  test('is a shift where one side is a single point', () => {
    const point: Positions = { values: new Float32Array(10).fill(0.1), count: 5, dimensions: 2 };
    const moved: Positions = { values: new Float32Array(10).fill(3.7), count: 5, dimensions: 2 };
    const fit = robustProcrustes(point, moved, all(5));
    expect([fit.scale, ...fit.turn]).toEqual([1, 1, 0, 0, 1]);
    transformed(moved, fit).values.forEach((value) => expect(value).toBeCloseTo(0.1, 5));
    const spread = cloud(5, 2, randomStream(6));
    expect(robustProcrustes(point, spread, all(5)).scale).toBe(1);
  });

  test.each([2, 3] as const)('fits points on one line in %i dimensions and mirrors nothing', (dimensions) => {
    const values = new Float32Array(8 * dimensions);
    for (let row = 0; row < 8; row++) values[row * dimensions] = row * row;
    const moved: Positions = { values, count: 8, dimensions };
    const turn = randomTurn(dimensions, randomStream(7), false);
    const reference = transformed(moved, { scale: 0.5, turn, shift: new Float64Array(dimensions).fill(4) });
    const fit = robustProcrustes(reference, moved, all(8));
    expect(determinant(fit.turn)).toBeCloseTo(1, 6);
    expect(Math.max(...matchDistances(reference, transformed(moved, fit), all(8)))).toBeLessThan(1e-4);
  });

  test('fits two points, one point and none without a number that is not finite', () => {
    const random = randomStream(8);
    for (const count of [0, 1, 2]) {
      const [reference, moved] = [cloud(4, 3, random), cloud(4, 3, random)];
      const fit = robustProcrustes(reference, moved, all(count));
      expect([fit.scale, ...fit.turn, ...fit.shift].every(Number.isFinite)).toBe(true);
      const distances = matchDistances(reference, transformed(moved, fit), all(count));
      distances.forEach((distance) => expect(distance).toBeCloseTo(0, 4));
    }
  });

  test('passes over rows without a place', () => {
    const moved = cloud(50, 2, randomStream(9));
    const reference = { ...moved, values: moved.values.slice() };
    reference.values.fill(Number.NaN, 0, 20);
    const fit = robustProcrustes(reference, moved, all(50));
    expect(fit.scale).toBeCloseTo(1, 6);
    expect(transformed(reference, fit).values.subarray(0, 20).every(Number.isNaN)).toBe(true);
    expect(radiusOf(reference)).toBeGreaterThan(0);
  });
});
