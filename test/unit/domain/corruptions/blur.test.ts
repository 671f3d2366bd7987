import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../../../src/domain/corruptions/corruption';
import { filter, gaussianBlur, mirrored, motionBlur, zoom } from '../../../../src/domain/corruptions/filter';
import { COLOUR, corrupt, lengthOf, meanOf, named, texture } from './pictures';

describe('the border', () => {
  it('is a mirror that shows the border pixel twice', () => {
    expect([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((place) => mirrored(place, 3))).toEqual([
      2, 2, 1, 0, 0, 1, 2, 2, 1, 0,
    ]);
    expect(mirrored(-100, 1)).toBe(0);
  });
});

describe('filters', () => {
  const row = { values: Float32Array.of(0, 0, 1, 0, 0), height: 1, width: 5, channels: 1 };

  it('sum over taps, scaled to one', () => {
    const taps = [
      { down: 0, right: 0, weight: 2 },
      { down: 0, right: 1, weight: 1 },
      { down: 3, right: 0, weight: 1 },
    ];
    // One row: below it is itself. So 3/4 of the own value and 1/4 of the one to the right.
    expect([...filter(row, taps)]).toEqual([0, 0.25, 0.75, 0, 0]);
  });

  it('gaussianBlur of a point is the Gaussian', () => {
    const blurred = gaussianBlur(
      { ...row, values: Float32Array.from({ length: 21 }, (_, i) => +(i === 10)), width: 21 },
      1,
    );
    const total = [-4, -3, -2, -1, 0, 1, 2, 3, 4].reduce((sum, x) => sum + Math.exp((-x * x) / 2), 0);
    expect(blurred[10]).toBeCloseTo(1 / total, 6);
    expect(blurred[12]).toBeCloseTo(Math.exp(-2) / total, 6);
    expect(blurred[15]).toBe(0);
  });

  it('motionBlur trails off to one side', () => {
    const trail = motionBlur(row, { radius: 1, sigma: 1, degrees: 0 });
    const weights = [1, Math.exp(-0.5), Math.exp(-2)];
    const total = weights[0] + weights[1] + weights[2];
    [weights[2], weights[1], weights[0], 0, 0].forEach((weight, i) => {
      expect(trail[i]).toBeCloseTo(weight / total, 6);
    });
  });

  it('zoom by 2 shows the middle half', () => {
    const ramp = { ...row, values: Float32Array.of(0, 1, 2, 3, 4) };
    expect([...zoom(ramp, 2)]).toEqual([1, 1.5, 2, 2.5, 3]);
  });
});

describe('blurs', () => {
  it.each(['defocus-blur', 'gaussian-blur', 'glass-blur'])('%s keeps the mean', (name) => {
    const from = texture(COLOUR);
    for (const severity of SEVERITIES) {
      const to = corrupt(named(name), from, { size: COLOUR, severity });
      // Rounding 3072 values has a standard error of 0.29 / sqrt(3072) = 0.005 levels.
      expect(Math.abs(meanOf(to) - meanOf(from))).toBeLessThan(0.03);
    }
  });

  it.each(['defocus-blur', 'gaussian-blur', 'glass-blur', 'motion-blur', 'zoom-blur'])(
    '%s leaves an even picture as it is',
    (name) => {
      const even = new Uint8Array(lengthOf(COLOUR)).fill(77);
      expect(corrupt(named(name), even, { size: COLOUR, severity: 5 })).toEqual(even);
    },
  );

  it('defocus-blur at 4 is a cross: a disc of radius 1, hardly softened', () => {
    const point = new Uint8Array(lengthOf(COLOUR));
    const centre = (16 * 32 + 16) * 3;
    point.fill(255, centre, centre + 3);
    const to = corrupt(named('defocus-blur'), point, { size: COLOUR, severity: 4 });
    // Five pixels of 51; a softness of 0.2 gives e^-12.5 to neighbours.
    expect([to[centre], to[centre + 3], to[centre - 96], to[centre + 99]]).toEqual([51, 51, 51, 0]);
  });
});
