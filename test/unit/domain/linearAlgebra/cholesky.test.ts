import { describe, expect, it } from 'vitest';
import { solvePositiveDefinite } from '../../../../src/domain/linearAlgebra/cholesky';
import { randomStream } from '../../../../src/domain/random/stream';

describe('equations with a positive definite matrix', () => {
  it('are solved', () => {
    const size = 12;
    const random = randomStream(5);
    const factor = Float64Array.from({ length: size * size }, () => random.normal());
    const matrix = Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      let sum = i === j ? 0.1 : 0;
      for (let k = 0; k < size; k++) sum += factor[i * size + k] * factor[j * size + k];
      return sum;
    });
    const wanted = Float64Array.from({ length: 2 * size }, () => random.normal());
    const sides = Float64Array.from(wanted, (_, at) => {
      const start = Math.floor(at / size) * size;
      let sum = 0;
      for (let k = 0; k < size; k++) sum += matrix[(at % size) * size + k] * wanted[start + k];
      return sum;
    });
    const found = solvePositiveDefinite(matrix.slice(), size, sides);
    found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at], 8));
  });

  it('have no answer where the matrix is none', () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), 2, Float64Array.of(1, 1))).toThrow(
      RangeError,
    );
    expect(() => solvePositiveDefinite(Float64Array.of(Number.NaN), 1, Float64Array.of(1))).toThrow(
      RangeError,
    );
  });
});
