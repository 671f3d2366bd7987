import { describe, expect, it } from 'vitest';
import { permutation } from '../../../../src/domain/random/permutation';

describe('a permutation', () => {
  it('is pinned and holds every index once', () => {
    expect([...permutation(8, 1, 2)]).toEqual([3, 7, 2, 1, 5, 0, 6, 4]);
    for (const n of [0, 1, 2, 1000]) {
      const sorted = permutation(n, 3).sort();
      expect([...sorted]).toEqual(Array.from({ length: n }, (_, i) => i));
    }
  });

  it('differs from key to key', () => {
    expect([...permutation(100, 1, 0)]).not.toEqual([...permutation(100, 1, 1)]);
  });

  it('reaches all orders equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = permutation(4, 9, i).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const count of counts.values()) {
      expect(Math.abs(count - 1000)).toBeLessThan(160);
    }
  });
});
