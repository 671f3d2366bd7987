/** Eigenvalues, eigenvectors and singular values, against closed forms, LAPACK's values and their own definition. */
import { describe, expect, test } from 'vitest';
import { columnGram, rowGram, singularValues } from '../../../../src/domain/linearAlgebra/singularValues';
import { symmetricEigen, symmetricEigenvalues } from '../../../../src/domain/linearAlgebra/symmetricEigen';
import { randomStream } from '../../../../src/domain/random/stream';

function randomSymmetric(size: number, seed: number): Float64Array {
  const stream = randomStream(seed);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = stream.normal();
  }
  return matrix;
}

/** The largest entry of A v - lambda v over all pairs. */
function residual(matrix: Float64Array, size: number): number {
  const { values, vectors } = symmetricEigen(matrix, size);
  let worst = 0;
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      let product = 0;
      for (let j = 0; j < size; j++) product += matrix[i * size + j] * vectors[k * size + j];
      worst = Math.max(worst, Math.abs(product - values[k] * vectors[k * size + i]));
    }
  }
  return worst;
}

describe('symmetricEigen', () => {
  test('agrees with LAPACK (numpy.linalg.eigvalsh) on a small matrix', () => {
    const matrix = Float64Array.of(4, 1, -2, 2, 1, 2, 0, 1, -2, 0, 3, -2, 2, 1, -2, -1);
    const expected = [6.84462111, 2.26853141, 1.08436446, -2.19751698];
    symmetricEigenvalues(matrix, 4).forEach((value, k) => expect(value).toBeCloseTo(expected[k], 7));
  });

  test('finds the cosines of the path graph', () => {
    // The matrix with 1 beside its diagonal has the eigenvalues 2 cos(k pi / (n + 1)), k = 1..n.
    const size = 40;
    const matrix = new Float64Array(size * size);
    for (let i = 1; i < size; i++) matrix[i * size + i - 1] = matrix[(i - 1) * size + i] = 1;
    symmetricEigenvalues(matrix, size).forEach((value, k) =>
      expect(value).toBeCloseTo(2 * Math.cos(((k + 1) * Math.PI) / (size + 1)), 12),
    );
  });

  test.each([1, 2, 3, 60])('gives unit vectors v with A v = lambda v at size %i', (size) => {
    const matrix = randomSymmetric(size, size);
    expect(residual(matrix, size)).toBeLessThan(1e-12 * size);
    const { vectors } = symmetricEigen(matrix, size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let k = 0; k < size; k++) dot += vectors[a * size + k] * vectors[b * size + k];
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 11);
      }
    }
  });

  test('copes with equal eigenvalues and with rank one', () => {
    expect(Array.from(symmetricEigenvalues(Float64Array.of(3, 0, 0, 0, 3, 0, 0, 0, 3), 3))).toEqual([
      3, 3, 3,
    ]);
    // x x' with |x|^2 = 14 has the eigenvalues 14, 0, 0.
    const values = symmetricEigenvalues(Float64Array.of(1, 2, 3, 2, 4, 6, 3, 6, 9), 3);
    [14, 0, 0].forEach((expected, k) => expect(values[k]).toBeCloseTo(expected, 12));
  });

  test('says that values were not finite instead of looking for ever', () => {
    expect(() => symmetricEigenvalues(new Float64Array(9).fill(Number.NaN), 3)).toThrow('not finite');
  });
});

describe('singularValues', () => {
  test('are those of a table with orthogonal columns, whichever side is longer', () => {
    const tall = Float32Array.of(3, 0, 0, 4, 4, 0, 0, -3);
    // Columns (3, 0, 4, 0) and (0, 4, 0, -3) both have length 5.
    expect(Array.from(singularValues(tall, 2))).toEqual([5, 5]);
    const wide = Float32Array.of(3, 0, 4, 0, 0, 2, 0, 0);
    singularValues(wide, 4).forEach((value, k) => expect(value).toBeCloseTo([5, 2][k], 12));
  });

  test('both Gram matrices have the same trace', () => {
    const stream = randomStream(5);
    const rows = Float32Array.from({ length: 7 * 5 }, () => stream.normal());
    const squares = rows.reduce((sum, x) => sum + x * x, 0);
    const trace = (gram: Float64Array, size: number) =>
      Array.from({ length: size }, (_, k) => gram[k * size + k]).reduce((a, b) => a + b);
    expect(trace(columnGram(rows, 5), 5)).toBeCloseTo(squares, 4);
    expect(trace(rowGram(rows, 5), 7)).toBeCloseTo(squares, 4);
    // Entry (1, 3) of X'X by its definition; seven rows are no multiple of the block.
    let product = 0;
    for (let i = 0; i < 7; i++) product += rows[i * 5 + 1] * rows[i * 5 + 3];
    expect(columnGram(rows, 5)[1 * 5 + 3]).toBeCloseTo(product, 10);
  });
});
