import { expect, test } from 'vitest';
import { contactSheet, encodePpm } from '../../../src/formats/ppm';

const picture = (level: number) => ({ pixels: new Uint8Array(6).fill(level), height: 1, width: 2 });

test('a PPM is its head and its bytes', () => {
  const file = encodePpm({ pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), height: 1, width: 2 });
  expect(new TextDecoder().decode(file.subarray(0, 11))).toBe('P6\n2 1\n255\n');
  expect([...file.subarray(11)]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a sheet holds its pictures row by row, enlarged, with white between', () => {
  const sheet = contactSheet([picture(10), picture(20), picture(30)], { columns: 2, enlarge: 2, gap: 1 });
  // Each is 2 x 4 pixels: two across with three gaps are 11 wide, two down with three gaps 7 high.
  expect([sheet.height, sheet.width]).toEqual([7, 11]);
  const reds = Array.from({ length: 77 }, (_, i) => sheet.pixels[3 * i]);
  const rows = Array.from({ length: 7 }, (_, row) => reds.slice(11 * row, 11 * row + 11).join(' '));
  const white = Array.from({ length: 11 }, () => 255).join(' ');
  const upper = '255 10 10 10 10 255 20 20 20 20 255';
  const lower = '255 30 30 30 30 255 255 255 255 255 255';
  expect(rows).toEqual([white, upper, upper, white, lower, lower, white]);
});
