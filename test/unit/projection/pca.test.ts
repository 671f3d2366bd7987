/** Principal components against the eigenvectors of a covariance in double precision, and where little or nothing varies. */
import { describe, expect, it, test } from 'vitest';
import { symmetricEigen } from '../../../src/domain/linearAlgebra/symmetricEigen';
import type { Vectors } from '../../../src/domain/maps/vectors';
import { randomStream } from '../../../src/domain/random/stream';
import { principalComponents, scoresOf } from '../../../src/projection/pca';
import { Cancelled, UNWATCHED } from '../../../src/projection/types';
import { cancelAt, table } from './support';

/** Vectors whose variance falls by half from one random direction to the next. */
function decaying(count: number, dimensions: number): Vectors {
  const random = randomStream(dimensions);
  const directions = Float64Array.from({ length: 8 * dimensions }, () => random.normal());
  const weights = Float64Array.from({ length: 8 * count }, (_, i) => random.normal() / (1 << (i % 8)));
  return table(count, dimensions, (row, k) => {
    let sum = 3 + 0.01 * random.normal();
    for (let i = 0; i < 8; i++) sum += weights[row * 8 + i] * directions[i * dimensions + k];
    return sum;
  });
}

function eigenOfCovariance({ values, count, dimensions }: Vectors) {
  const mean = (k: number) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += values[row * dimensions + k];
    return sum / count;
  };
  const means = Array.from({ length: dimensions }, (_, k) => mean(k));
  const covariance = new Float64Array(dimensions * dimensions);
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j < dimensions; j++) {
      let sum = 0;
      for (let row = 0; row < count; row++) {
        sum += (values[row * dimensions + i] - means[i]) * (values[row * dimensions + j] - means[j]);
      }
      covariance[i * dimensions + j] = sum / count;
    }
  }
  return symmetricEigen(covariance, dimensions);
}

describe('principal components', () => {
  // The covariance in one tile and in several; by subspace iteration on it.
  test.each([
    [700, 20],
    [400, 150],
    [200, 300],
  ])('of %i vectors of %i dimensions are the eigenvectors of the covariance', (count, dimensions) => {
    const vectors = decaying(count, dimensions);
    const { axes, shares } = principalComponents(vectors, 3, UNWATCHED);
    const { values, vectors: eigenvectors } = eigenOfCovariance(vectors);
    const total = values.reduce((sum, value) => sum + value, 0);
    for (let axis = 0; axis < 3; axis++) {
      expect(shares[axis]).toBeCloseTo(values[axis] / total, 5);
      let dot = 0;
      for (let k = 0; k < dimensions; k++)
        dot += axes[axis * dimensions + k] * eigenvectors[axis * dimensions + k];
      expect(Math.abs(dot)).toBeCloseTo(1, 6);
    }
  });

  it('of 4,096 dimensions carry the variance of planted directions', () => {
    const vectors = decaying(400, 4096);
    const components = principalComponents(vectors, 2, UNWATCHED);
    const scores = scoresOf(vectors, components, UNWATCHED);
    let [squares, products] = [0, 0];
    for (let row = 0; row < 400; row++) {
      squares += scores[2 * row] * scores[2 * row];
      products += scores[2 * row] * scores[2 * row + 1];
    }
    expect(components.shares[0]).toBeGreaterThan(components.shares[1]);
    expect(components.shares[0] + components.shares[1]).toBeGreaterThan(0.9);
    expect(Math.abs(products / squares)).toBeLessThan(1e-4);
  });

  it('have a fixed sign: the entry of largest magnitude is positive', () => {
    const { axes } = principalComponents(decaying(100, 12), 3, UNWATCHED);
    for (let axis = 0; axis < 3; axis++) {
      const own = Array.from(axes.subarray(axis * 12, (axis + 1) * 12));
      expect(Math.max(...own)).toBeGreaterThanOrEqual(-Math.min(...own));
    }
  });

  it('are zeros where nothing varies', () => {
    const line = principalComponents(
      table(50, 1, (row) => row),
      3,
      UNWATCHED,
    );
    expect(Array.from(line.axes)).toEqual([1, 0, 0]);
    expect(Array.from(line.shares)).toEqual([1, 0, 0]);
    for (const dimensions of [5, 300, 1100]) {
      const same = table(30, dimensions, (_, k) => k);
      const components = principalComponents(same, 2, UNWATCHED);
      expect(Array.from(components.shares)).toEqual([0, 0]);
      expect(scoresOf(same, components, UNWATCHED).every((score) => score === 0)).toBe(true);
    }
  });

  it('stop when they are cancelled', () => {
    expect(() => principalComponents(decaying(2000, 10), 2, cancelAt(2))).toThrow(Cancelled);
    expect(() => principalComponents(decaying(200, 1100), 2, cancelAt(6))).toThrow(Cancelled);
  });
});
