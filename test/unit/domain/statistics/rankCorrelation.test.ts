import { describe, expect, it } from 'vitest';
import { rankCorrelation } from '../../../../src/domain/statistics/rankCorrelation';

describe("Spearman's rank correlation", () => {
  it('is the textbook value of intelligence against hours of television', () => {
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(rankCorrelation(iq, hours).rho).toBeCloseTo(-29 / 165, 12);
  });

  it('sees ranks alone, and shares ranks between ties', () => {
    const a = [1, 2, 2, 5, 9];
    expect(
      rankCorrelation(
        a,
        a.map((x) => Math.exp(x)),
      ).rho,
    ).toBeCloseTo(1);
    expect(rankCorrelation([1, 2, 3, 4], [1, 1, 2, 2]).rho).toBeCloseTo(2 / Math.sqrt(5));
  });

  it('says nothing of fewer than three pairs, and leaves out what is not finite', () => {
    expect(rankCorrelation([1, 2], [1, 2])).toEqual({ rho: NaN, pairs: 2 });
    expect(rankCorrelation([1, 1, 1], [1, 2, 3]).rho).toBeNaN();
    expect(rankCorrelation([1, NaN, 2, 3], [3, 9, 2, Infinity]).pairs).toBe(2);
  });
});
