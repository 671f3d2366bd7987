import { describe, expect, it } from 'vitest';
import type { CustomAxis } from '../../../../src/domain/maps/request';
import { customMap } from '../../../../src/projection/axes/custom';
import { UNWATCHED } from '../../../../src/projection/types';
import { scattered, table } from '../support';

/** Samples in three places of a space of three dimensions: boots at x = 0, bags at x = 6, coats above boots. */
const PLACES = [
  [0, 0, 0],
  [6, 0, 0],
  [3, 4, 0],
];
const vectors = table(30, 3, (row, k) => PLACES[row % 3][k] + 0.01 * scattered(row, k));
const input = {
  vectors,
  ids: Array.from({ length: 30 }, (_, row) => `sample ${row}`),
  classes: {
    codes: Int32Array.from({ length: 30 }, (_, row) => row % 3),
    categories: ['boot', 'bag', 'coat'],
  },
};
const boot = { class: 'boot' };
const bag = { class: 'bag' };
const coat = { class: 'coat' };

describe('custom axes', () => {
  it('run from mean to mean at the scale of the space, the second at a right angle', () => {
    const axes = [
      { from: boot, to: bag },
      { from: boot, to: coat },
    ];
    const { positions, axes: names } = customMap(input, axes, 2, UNWATCHED);
    expect(names).toEqual(['boot to bag', 'boot to coat']);
    const mean = (place: number, k: number) => {
      const rows = Array.from({ length: 10 }, (_, i) => positions.values[2 * (3 * i + place) + k]);
      return rows.reduce((sum, value) => sum + value, 0) / 10;
    };
    expect(mean(1, 0) - mean(0, 0)).toBeCloseTo(6, 1);
    expect(mean(2, 0) - mean(0, 0)).toBeCloseTo(3, 1);
    expect(mean(2, 1) - mean(0, 1)).toBeCloseTo(4, 1);
    expect(mean(1, 1)).toBeCloseTo(mean(0, 1), 5);
  });

  it('take selections by id, of which some may be elsewhere', () => {
    const few = { ids: ['sample 0', 'sample 3', 'elsewhere'] };
    const axes = [
      { from: few, to: bag },
      { from: few, to: coat },
    ];
    expect(customMap(input, axes, 2, UNWATCHED).axes[0]).toBe('selection of 3 to bag');
  });

  it.each<[string, readonly CustomAxis[], RegExp]>([
    ['too few axes', [{ from: boot, to: bag }], /needs 2 axes, and 1 are chosen/],
    [
      'a class that is not there',
      [
        { from: boot, to: { class: 'hat' } },
        { from: boot, to: bag },
      ],
      /class hat/,
    ],
    [
      'a selection elsewhere',
      [
        { from: { ids: ['x'] }, to: bag },
        { from: boot, to: bag },
      ],
      /selection of 1/,
    ],
    [
      'one end twice',
      [
        { from: boot, to: boot },
        { from: boot, to: bag },
      ],
      /same mean/,
    ],
    [
      'an axis twice',
      [
        { from: boot, to: bag },
        { from: bag, to: boot },
      ],
      /no direction of its own/,
    ],
  ])('say what to do about %s', (_, axes, message) => {
    expect(() => customMap(input, axes, 2, UNWATCHED)).toThrow(message);
  });

  it('find no class where there are none', () => {
    const axes = [
      { from: boot, to: bag },
      { from: boot, to: coat },
    ];
    expect(() => customMap({ ...input, classes: null }, axes, 2, UNWATCHED)).toThrow(/class boot/);
  });
});
