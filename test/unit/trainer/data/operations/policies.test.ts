/** The published lists, what their levels mean, and how often chance takes what. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../../src/domain/random/stream';
import { planAutoAugment } from '../../../../../src/trainer/data/operations/autoAugment';
import { planOperation } from '../../../../../src/trainer/data/operations/magnitudes';
import { OPERATION_NAMES, type OperationName } from '../../../../../src/trainer/data/operations/operation';
import { planRandAugment } from '../../../../../src/trainer/data/operations/randAugment';
import { SUB_POLICIES, type SubPolicy } from '../../../../../src/trainer/data/operations/subPolicies';

const SIZE = { height: 32, width: 32, channels: 3 };

function countOf(rows: readonly SubPolicy[], name: OperationName): number {
  return rows.flat().filter((value) => value === name).length;
}

describe('the lists of sub-policies', () => {
  it.each(Object.entries(SUB_POLICIES))('%s has 25 rows in range', (_, rows) => {
    expect(rows).toHaveLength(25);
    for (const [, first, firstLevel, , second, secondLevel] of rows) {
      for (const probability of [first, second]) expect(probability >= 0 && probability <= 1).toBe(true);
      for (const level of [firstLevel, secondLevel]) expect(level >= 0 && level <= 10).toBe(true);
    }
  });

  it('hold each operation as often as the published tables', () => {
    // Counted in the tables: 50 places each.
    const names = ['Equalize', 'Rotate', 'Solarize', 'Color', 'AutoContrast', 'TranslateY'] as const;
    const counts = (rows: readonly SubPolicy[]) => names.map((name) => countOf(rows, name));
    expect(counts(SUB_POLICIES['cifar-10'])).toEqual([9, 1, 4, 5, 7, 5]);
    expect(counts(SUB_POLICIES.imagenet)).toEqual([17, 6, 7, 6, 2, 0]);
    expect(counts(SUB_POLICIES['imagenet-v0'])).toEqual([12, 7, 8, 9, 2, 1]);
    expect(countOf(SUB_POLICIES['imagenet-v0'], 'SolarizeAdd')).toBe(2);
  });

  it('repeat five rows for ImageNet', () => {
    expect(new Set(SUB_POLICIES.imagenet.map((row) => row.join())).size).toBe(20);
  });
});

describe('a level', () => {
  const argumentOf = (name: OperationName, level: number): number =>
    Math.abs(planOperation(randomStream(1), { name, level }, SIZE).argument);

  it.each<[OperationName, number, number]>([
    ['ShearX', 10, 0.3],
    ['ShearY', 5, 0.15],
    // 150 / 331 * 32 = 14.5 pixels, cut off.
    ['TranslateX', 10, 14],
    ['TranslateY', 0, 0],
    ['Rotate', 9, 27],
    ['Solarize', 0, 256],
    ['Solarize', 4, 153],
    ['Solarize', 10, 0],
    ['SolarizeAdd', 7, 77],
    ['Posterize', 0, 8],
    ['Posterize', 5, 6],
    ['Posterize', 10, 4],
    ['Contrast', 0, 0.1],
    ['Color', 5, 1],
    ['Brightness', 10, 1.9],
    ['Sharpness', 9, 1.72],
    // 40 / 224 * 32 = 5.7 pixels, cut off.
    ['Cutout', 10, 5],
    ['Equalize', 10, 0],
  ])('of %s, %d, means %d', (name, level, argument) => {
    expect(argumentOf(name, level)).toBeCloseTo(argument, 12);
  });

  it('has either sign for operations that move pixels, and one for the others', () => {
    for (const name of OPERATION_NAMES) {
      const negative = Array.from(
        { length: 400 },
        (_, i) => planOperation(randomStream(2, i), { name, level: 9 }, SIZE).argument < 0,
      ).filter(Boolean).length;
      if (/Shear|Translate|Rotate/.test(name)) expect(Math.abs(negative - 200)).toBeLessThan(50);
      else expect(negative).toBe(0);
    }
  });
});

describe('AutoAugment', () => {
  it('takes every row equally often and its operations by their probabilities', () => {
    const draws = 20_000;
    const seen = new Map<OperationName, number>();
    for (let i = 0; i < draws; i++) {
      for (const { name } of planAutoAugment(
        randomStream(3, i),
        { kind: 'auto', policy: 'cifar-10' },
        SIZE,
      )) {
        seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    }
    for (const name of OPERATION_NAMES) {
      const expected =
        SUB_POLICIES['cifar-10'].reduce(
          (sum, [first, p, , second, q]) => sum + (first === name ? p : 0) + (second === name ? q : 0),
          0,
        ) / 25;
      expect((seen.get(name) ?? 0) / draws).toBeCloseTo(expected, 1.7);
    }
  });

  it('is a pure function of its keys', () => {
    const plan = (key: number) =>
      planAutoAugment(randomStream(4, key), { kind: 'auto', policy: 'imagenet' }, SIZE);
    expect(plan(1)).toEqual(plan(1));
    expect(new Set(Array.from({ length: 50 }, (_, i) => JSON.stringify(plan(i)))).size).toBeGreaterThan(20);
  });
});

describe('RandAugment', () => {
  it('takes N of the sixteen operations, each equally often', () => {
    const seen = new Map<OperationName, number>();
    const draws = 8_000;
    for (let i = 0; i < draws; i++) {
      const plan = planRandAugment(randomStream(5, i), { kind: 'rand', layers: 2, magnitude: 9 }, SIZE);
      expect(plan).toHaveLength(2);
      for (const { name } of plan) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    expect(seen.size).toBe(16);
    // 1000 of each, standard deviation 30.6.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('cuts anywhere in the image', () => {
    const centres = Array.from({ length: 500 }, (_, i) =>
      planOperation(randomStream(6, i), { name: 'Cutout', level: 9 }, { height: 5, width: 3, channels: 1 }),
    ).map(({ centre }) => centre.join());
    expect(new Set(centres).size).toBe(15);
  });
});
