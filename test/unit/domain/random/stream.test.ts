import { describe, expect, it } from 'vitest';
import type { RandomStream } from '../../../../src/domain/random/stream';
import { randomStream } from '../../../../src/domain/random/stream';

function draws(random: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

function countBits(word: number): number {
  let bits = 0;
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) {
    bits += rest % 2;
  }
  return bits;
}

describe('a random stream', () => {
  it('is pinned: a change of these numbers breaks the resumption of every recorded run', () => {
    expect(draws(randomStream(), 2)).toEqual([3521198999, 4294062775]);
    expect(draws(randomStream(0), 2)).toEqual([3983858967, 2717845158]);
    expect(draws(randomStream(1, 2, 3), 3)).toEqual([189144121, 3625530372, 3683671568]);
    expect(randomStream(7).normal()).toBeCloseTo(1.2474978951735867, 12);
  });

  it('is a pure function of its keys', () => {
    expect(draws(randomStream(5, 6), 20)).toEqual(draws(randomStream(5, 6), 20));
    const used = randomStream(1);
    used.normal();
    expect(draws(used.restart(5, 6), 20)).toEqual(draws(randomStream(5, 6), 20));
    expect(used.restart(9).normal()).toBe(randomStream(9).normal());
  });

  it('tells apart order, number, sign and high bits of keys', () => {
    const keys = [[], [0], [0, 0], [1, 2], [2, 1], [-1], [2 ** 32], [2 ** 32 - 1], [2 ** 53 - 1]];
    const seen = new Set(keys.map((key) => draws(randomStream(...key), 2).join()));
    expect(seen.size).toBe(keys.length);
  });

  it('refuses keys that are not safe integers', () => {
    for (const key of [0.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => randomStream(key)).toThrow(RangeError);
    }
  });

  it('gives unrelated numbers to neighbouring keys', () => {
    let bits = 0;
    const pairs = 4000;
    for (let i = 0; i < pairs; i++) {
      bits += countBits(randomStream(3, i).uint32() ^ randomStream(3, i + 1).uint32());
      bits += countBits(randomStream(3, i, 1).uint32() ^ randomStream(3, i, 2).uint32());
    }
    expect(Math.abs(bits / (2 * pairs) - 16)).toBeLessThan(0.15);
  });

  it('never repeats among the first numbers of many streams', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i++) {
      seen.add(draws(randomStream(i % 10, Math.floor(i / 10)), 2).join());
    }
    expect(seen.size).toBe(100_000);
  });

  it('fills bytes evenly, within a stream and across streams', () => {
    const within = randomStream(11);
    for (const next of [() => within.uint32(), (i: number) => randomStream(12, i).uint32()]) {
      const counts = new Float64Array(256);
      for (let i = 0; i < 64_000; i++) {
        const word = next(i);
        counts[word & 255]++;
        counts[word >>> 24]++;
      }
      const expected = 128_000 / 256;
      const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // 255 degrees of freedom: mean 255, standard deviation 22.6.
      expect(chiSquared).toBeGreaterThan(165);
      expect(chiSquared).toBeLessThan(345);
    }
  });
});

describe('uniform and normal numbers', () => {
  it('have the moments of their distributions', () => {
    const random = randomStream(2);
    const count = 200_000;
    const sums = { uniform: 0, square: 0, normal: 0, second: 0, fourth: 0, lag: 0 };
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const u = random.uniform();
      const z = random.normal();
      sums.uniform += u / count;
      sums.square += (u * u) / count;
      sums.normal += z / count;
      sums.second += (z * z) / count;
      sums.fourth += z ** 4 / count;
      sums.lag += (z * previous) / count;
      previous = z;
    }
    expect(sums.uniform).toBeCloseTo(1 / 2, 2);
    expect(sums.square).toBeCloseTo(1 / 3, 2);
    expect(Math.abs(sums.normal)).toBeLessThan(0.01);
    expect(Math.abs(sums.lag)).toBeLessThan(0.01);
    expect(Math.abs(sums.second - 1)).toBeLessThan(0.015);
    expect(Math.abs(sums.fourth - 3)).toBeLessThan(0.1);
  });

  it('stay inside their interval', () => {
    const random = randomStream(4);
    for (let i = 0; i < 10_000; i++) {
      const x = random.between(-2, 3);
      expect(x >= -2 && x < 3).toBe(true);
    }
  });
});

describe('random integers', () => {
  it('cover 0 to n-1 evenly', () => {
    const random = randomStream(5);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) {
      counts[random.integer(7)]++;
    }
    for (const count of counts) {
      expect(Math.abs(count - 10_000)).toBeLessThan(500);
    }
  });

  it('have no bias for a bound just above half the range', () => {
    const random = randomStream(6);
    const bound = 3 * 2 ** 30;
    let low = 0;
    for (let i = 0; i < 30_000; i++) {
      low += random.integer(bound) < 2 ** 30 ? 1 : 0;
    }
    expect(Math.abs(low - 10_000)).toBeLessThan(500);
  });

  it('refuse a bound that is no integer from 1 to 2^32', () => {
    const random = randomStream(1);
    for (const bound of [0, -1, 1.5, 2 ** 33]) {
      expect(() => random.integer(bound)).toThrow(RangeError);
    }
    expect(random.integer(1)).toBe(0);
    expect(random.integer(2 ** 32)).toBeGreaterThanOrEqual(0);
  });
});
