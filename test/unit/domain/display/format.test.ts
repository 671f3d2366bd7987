import { describe, expect, it } from 'vitest';
import {
  cutMiddle,
  formatAge,
  formatBytes,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRoughDuration,
  formatSome,
} from '../../../../src/domain/display/format';

describe('formatNumber', () => {
  it.each([
    [5.9231, '5.92'],
    [0.41, '0.410'],
    [9.999, '10.0'],
    [0, '0'],
    [-0.00731, '-0.00731'],
    [1912, '1,910'],
    [999.6, '1,000'],
    [123_456, '123,000'],
    [3_400_000, '3.40 M'],
    [1.2345e-4, '1.23e-4'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('units', () => {
  it('writes shares and bytes', () => {
    expect(formatPercent(0.8841)).toBe('88.4 %');
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1_234_567)).toBe('1.23 MB');
    expect(formatBytes(6.1e8)).toBe('610 MB');
  });

  it.each([
    [0.4, '0 s', '0 s'],
    [59.6, '1 m 00 s', '1 m'],
    [192, '3 m 12 s', '3 m'],
    [3720, '1 h 02 m', '1 h 02 m'],
    [180_000, '2 d 2 h', '2 d'],
    [-3, '0 s', '0 s'],
  ])('writes %d seconds as %s, roughly %s', (seconds, exact, rough) => {
    expect(formatDuration(seconds)).toBe(exact);
    expect(formatRoughDuration(seconds)).toBe(rough);
  });

  it('writes ages', () => {
    expect(formatAge(1000, 3000)).toBe('just now');
    expect(formatAge(0, 125_000)).toBe('2 m ago');
  });
});

describe('cutMiddle', () => {
  it('keeps stem and suffix', () => {
    expect(cutMiddle('fmnist-supcon-r18-s3', 11)).toBe('fmnis…18-s3');
    expect(cutMiddle('short', 11)).toBe('short');
  });

  it('never cuts inside a character beyond the basic plane', () => {
    expect(cutMiddle('𝛼𝛽𝛾𝛿𝜀𝜁', 3)).toBe('𝛼…𝜁');
  });

  it('gives at most the length that was asked for', () => {
    for (let length = 2; length < 30; length++) {
      expect(Array.from(cutMiddle('x'.repeat(40), length))).toHaveLength(length);
    }
  });
});

describe('formatSome', () => {
  it('counts what it does not name', () => {
    expect(formatSome(['a', 'b'], 5)).toBe('a, b and 3 more');
    expect(formatSome(['a', 'b'], 2)).toBe('a, b');
  });
});
