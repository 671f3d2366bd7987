/** Only a bundle has a hash, and another bundle has another one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { codeHash } from '../../../../src/engine/trace/codeHash';

it('is that of the bundle, and none for sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-code-'));
  const hashOf = (text: string): string | undefined => {
    writeFileSync(join(folder, 'trainer.js'), text);
    return codeHash(pathToFileURL(join(folder, 'trainer.js')).href);
  };
  expect(hashOf('1')).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf('1')).toBe(hashOf('1'));
  expect(hashOf('2')).not.toBe(hashOf('1'));
  expect(codeHash(pathToFileURL(join(folder, 'gone.js')).href)).toBeUndefined();
  expect(codeHash()).toBeUndefined();
  rmSync(folder, { recursive: true });
});
