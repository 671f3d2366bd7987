import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createWarpKernel, planWarp } from '../../../../src/trainer/data/warp';

const SIZE = { height: 9, width: 12, channels: 1 };
/** Row 10, column 1: each value names its place. */
const PLACES = Float32Array.from({ length: 108 }, (_, i) => Math.floor(i / 12) * 100 + (i % 12));

function warped(plan: readonly number[]): Float32Array {
  const image = PLACES.slice();
  createWarpKernel(SIZE)(image, Float64Array.from(plan));
  return image;
}

describe('the warp', () => {
  it('without displacements leaves the image as it is', () => {
    expect(warped([0, 0, 0, 0, 0, 0, 0, 0])).toEqual(PLACES);
  });

  it('by the same displacement everywhere moves the whole image', () => {
    // Down 1, right 2: a pixel takes what was one row above and two columns left, the border going on.
    const moved = warped([1, 2, 1, 2, 1, 2, 1, 2]);
    for (let row = 0; row < 9; row++) {
      for (let column = 0; column < 12; column++) {
        const value = Math.max(0, row - 1) * 100 + Math.max(0, column - 2);
        expect(moved[row * 12 + column]).toBeCloseTo(value, 2);
      }
    }
  });

  it('by displacements that grow evenly stretches evenly: a spline bends no more than it must', () => {
    // Control rows 3 and 6 move to 3 and 7: row r comes from r - (r - 3) / 4 = 3 + 3 (r - 3) / 4.
    const stretched = warped([0, 0, 0, 0, 1, 0, 1, 0]);
    for (let row = 0; row < 9; row++) {
      const source = Math.min(8, Math.max(0, row - (row - 3) / 4));
      expect(stretched[row * 12 + 5]).toBeCloseTo(100 * source + 5, 2);
    }
  });

  it('brings each control point to where it was sent', () => {
    // Points at rows 3, 6 and columns 4, 8. They go to (2, 4), (3, 9), (6, 3), (7, 8).
    const image = warped([-1, 0, 0, 1, 0, -1, 1, 0]);
    const found = [image[2 * 12 + 4], image[3 * 12 + 9], image[6 * 12 + 3], image[7 * 12 + 8]];
    [304, 308, 604, 608].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 2));
  });
});

it('a plan of a warp spreads evenly up to 23 pixels in 224', () => {
  const size = { height: 224, width: 224, channels: 3 };
  const plans = Array.from({ length: 4000 }, (_, i) => planWarp(randomStream(1, i), size));
  const squares = plans.flatMap((plan) => Array.from(plan, (value) => value * value));
  // The mean square of a uniform spread up to 23 is 23^2 / 3 = 176.3; its standard error here is about 2.
  const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
  expect(Math.abs(mean - 176.3)).toBeLessThan(10);
});
