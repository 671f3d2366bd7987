import { describe, expect, it } from 'vitest';
import type { Vectors } from '../../../src/domain/maps/vectors';
import { linearCka } from '../../../src/projection/cka';
import { UNWATCHED } from '../../../src/projection/types';
import { clusters, scattered, table } from './support';

const vectors = table(60, 5, scattered);

function columns({ values, count, dimensions }: Vectors, [from, end]: readonly [number, number]): Vectors {
  return table(count, end - from, (row, k) => values[row * dimensions + from + k]);
}

describe('linear CKA', () => {
  // |X'Y|² / (|X'X| |Y'Y|) of centred columns by NumPy 2.4.
  it('equals its formula', () => {
    expect(linearCka(vectors, columns(vectors, [0, 2]), UNWATCHED)).toBeCloseTo(0.616473970937254, 5);
    const overlapping = linearCka(columns(vectors, [0, 3]), columns(vectors, [2, 5]), UNWATCHED);
    expect(overlapping).toBeCloseTo(0.4448296788110765, 5);
  });

  it('sees through rotation, scale and shift, and not through noise', () => {
    const data = clusters(400, 8, { noise: 0.3 });
    // A Householder reflection of all axes, at a scale near the limits of single precision.
    const turned = table(400, 8, (row, k) => {
      let sum = 0;
      for (let j = 0; j < 8; j++) sum += data.values[row * 8 + j] * ((k === j ? 1 : 0) - 0.25);
      return 1e30 * (sum + 5);
    });
    expect(linearCka(data, turned, UNWATCHED)).toBeCloseTo(1, 5);
    expect(linearCka(data, clusters(400, 8, { noise: 0.3, seed: 2 }), UNWATCHED)).toBeLessThan(0.95);
    const noise = table(400, 8, (row, k) => scattered(row + 17, k + 40));
    expect(linearCka(data, noise, UNWATCHED)).toBeLessThan(0.1);
  });

  it('is the same from products of rows as of columns', () => {
    const wide = table(60, 1500, (row, k) => (k < 5 ? vectors.values[row * 5 + k] : 0));
    const other = table(60, 1500, (row, k) => (k < 2 ? vectors.values[row * 5 + k] : 3));
    expect(linearCka(wide, other, UNWATCHED)).toBeCloseTo(0.616473970937254, 5);
  });

  it.each([
    ['no sample', table(0, 3, () => 0)],
    ['one sample', table(1, 3, () => 2)],
    ['copies', table(50, 3, () => 2)],
    ['zeros', table(50, 3, () => 0)],
  ])('is 0 for %s', (_, constant) => {
    expect(linearCka(constant, columns({ ...vectors, count: constant.count }, [0, 5]), UNWATCHED)).toBe(0);
    expect(linearCka(constant, constant, UNWATCHED)).toBe(0);
  });

  it('refuses other samples', () => {
    expect(() => linearCka(vectors, table(59, 5, scattered), UNWATCHED)).toThrow(RangeError);
  });
});
