import { expect, test } from 'vitest';
import { packageFolder } from '../../../src/setup/notices.mjs';

test.each([
  ['node_modules/uplot/dist/uPlot.esm.js', 'node_modules/uplot'],
  ['node_modules/@a/b/index.js', 'node_modules/@a/b'],
  ['node_modules/@a/b/node_modules/c/lib/index.js', 'node_modules/@a/b/node_modules/c'],
  ['src/domain/errors.ts', undefined],
])('the package of %s is %s', (input, folder) => {
  expect(packageFolder(input)).toBe(folder);
});
