import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { collectStrings, STRINGS_FILE, stringsText } from '../../../src/setup/strings.mjs';

it('has every sentence of the sources for translators: `npm run strings` writes them', async () => {
  expect(readFileSync(STRINGS_FILE, 'utf8')).toBe(stringsText(await collectStrings()));
});
