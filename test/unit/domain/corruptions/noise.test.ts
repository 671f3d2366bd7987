import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../../src/domain/corruptions/corruption';
import { corrupt, meanOf, named } from './pictures';

const SIZE = { height: 128, width: 128, channels: 3 };
const LEVEL = 102;
const EVEN = new Uint8Array(128 * 128 * 3).fill(LEVEL);
const SHARE = LEVEL / 255;

function varianceOf(name: string, severity: Severity): number {
  const values = corrupt(named(name), EVEN, { size: SIZE, severity });
  expect(Math.abs(meanOf(values) - LEVEL)).toBeLessThan(0.6);
  return values.reduce((sum, value) => sum + (value - LEVEL) ** 2, 0) / values.length;
}

/** Variance in squared levels, with that of rounding to levels; its relative standard error is sqrt(2 / n) = 0.6 %. */
const inLevels = (variance: number): number => 255 * 255 * variance + 1 / 12;

describe('noise has the variance of its definition', () => {
  it.each<[Severity, number]>([
    [1, 0.04],
    [3, 0.08],
    [5, 0.1],
  ])('gaussian-noise at %d: deviation %d', (severity, deviation) => {
    expect(varianceOf('gaussian-noise', severity) / inLevels(deviation * deviation)).toBeCloseTo(1, 1.5);
  });

  it.each<[Severity, number]>([
    [3, 100],
    [5, 50],
  ])('shot-noise at %d: x / photons, %d photons', (severity, photons) => {
    expect(varianceOf('shot-noise', severity) / inLevels(SHARE / photons)).toBeCloseTo(1, 1.5);
  });

  it.each<[Severity, number]>([
    [1, 0.06],
    [5, 0.2],
  ])('speckle-noise at %d: (x deviation)^2, deviation %d', (severity, deviation) => {
    expect(varianceOf('speckle-noise', severity) / inLevels((SHARE * deviation) ** 2)).toBeCloseTo(1, 1.5);
  });
});

it.each<[Severity, number]>([
  [1, 0.01],
  [5, 0.07],
])('impulse-noise at %d turns a share of %d black or white, half each', (severity, share) => {
  const values = corrupt(named('impulse-noise'), EVEN, { size: SIZE, severity });
  const shareOf = (level: number): number => values.filter((value) => value === level).length / values.length;
  expect(Math.abs(shareOf(0) - share / 2)).toBeLessThan(0.003);
  expect(Math.abs(shareOf(255) - share / 2)).toBeLessThan(0.003);
  expect(shareOf(0) + shareOf(255) + shareOf(LEVEL)).toBe(1);
});
