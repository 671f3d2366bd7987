/** The box plot's geometry, read back from its SVG. */
import { expect, test } from 'vitest';
import { boxPlot } from '../../../../src/domain/figures/boxPlot';

const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, value]) => Number(value));

test('draws box, median and every value on one scale, and escapes labels', () => {
  const svg = boxPlot([{ label: 'a < b', values: [0, 1, 2, 3, 4] }], {
    axis: 'accuracy, %',
    format: (value) => value.toFixed(1),
  });
  expect(svg).toContain('a &lt; b');
  const dots = numbers(svg, /<circle cx="([\d.]+)"/g);
  expect(dots).toHaveLength(5);
  const [box] = numbers(svg, /<rect x="([\d.]+)"/g);
  const [width] = numbers(svg, /<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g);
  expect(box).toBeCloseTo(dots[1], 1);
  expect(box + width).toBeCloseTo(dots[3], 0);
  expect(svg).toContain(`M${dots[2].toFixed(1)} `);
  // From -0.2 to 4.2: ticks a whole number apart.
  for (const tick of ['0.0', '1.0', '2.0', '3.0', '4.0']) expect(svg).toContain(`>${tick}</text>`);
});

test('draws values that are all equal', () => {
  const svg = boxPlot([{ label: 'a', values: [0.5, 0.5] }], { axis: 'x', format: String });
  expect(svg).not.toContain('NaN');
});
