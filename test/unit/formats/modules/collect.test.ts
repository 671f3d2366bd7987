/** A user's module with its imports: found, hashed by content, and refused where the hash could not vouch for it. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collectModule } from '../../../../src/formats/modules/collect';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-modules-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test('finds the module and all that it imports, below the folder that holds them', async () => {
  write('shared/maths.mjs', 'export const two = 2;');
  write('losses/part.mjs', "export { two } from '../shared/maths.mjs';");
  const path = write(
    'losses/mine.mjs',
    "import fs from 'node:fs'; import { two } from './part.mjs'; export default [fs, two];",
  );
  const { entry, files } = await collectModule(path);
  expect(entry).toBe('losses/mine.mjs');
  expect([...files.keys()]).toEqual(['losses/mine.mjs', 'losses/part.mjs', 'shared/maths.mjs']);
});

test('has another hash when a file that it imports changes, and the same one elsewhere', async () => {
  const path = write('mine.mjs', "export * from './part.mjs';");
  write('part.mjs', 'export const x = 1;');
  const { hash } = await collectModule(path);
  write('moved/mine.mjs', "export * from './part.mjs';");
  write('moved/part.mjs', 'export const x = 1;');
  expect((await collectModule(join(folder, 'moved/mine.mjs'))).hash).toBe(hash);
  write('part.mjs', 'export const x = 2;');
  expect((await collectModule(path)).hash).not.toBe(hash);
});

test('reads what Node would load behind a link: an import is relative to where the file really lies', async () => {
  const path = write('agreed/mine.mjs', "import './part.mjs';");
  write('agreed/part.mjs', 'export const x = 1;');
  const { hash } = await collectModule(path);
  write('elsewhere/mine.mjs', "import './part.mjs';");
  write('elsewhere/part.mjs', 'export const x = "something else";');
  write('copy/part.mjs', 'export const x = 1;');
  symlinkSync(join(folder, 'elsewhere/mine.mjs'), join(folder, 'copy/mine.mjs'));
  expect((await collectModule(join(folder, 'copy/mine.mjs'))).hash).not.toBe(hash);
});

test('takes the name of an import as the URL that it is to Node', async () => {
  write('p%61rt.mjs', 'export const x = "a decoy";');
  write('part.mjs', 'export const x = 1;');
  write('part.mjs?.mjs', 'export const x = "another decoy";');
  const encoded = await collectModule(write('a.mjs', "import './p%61rt.mjs';"));
  const queried = await collectModule(write('b.mjs', "import './part.mjs?.mjs';"));
  expect([...encoded.files.keys()]).toEqual(['a.mjs', 'part.mjs']);
  expect([...queried.files.keys()]).toEqual(['b.mjs', 'part.mjs']);
});

test('follows imports in a circle once', async () => {
  const path = write('a.mjs', "import './b.mjs';");
  write('b.mjs', "import './a.mjs';");
  expect((await collectModule(path)).files.size).toBe(2);
});

test.each([
  [
    'a package',
    "import * as tf from '@tensorflow/tfjs-core';",
    /imports the package "@tensorflow\/tfjs-core"/,
  ],
  ['a computed name', 'await import(globalThis.name);', /whose name is computed/],
  ['a file that is not there', "import './gone.mjs';", /gone\.mjs/],
  ['another kind of file', "import './data.json';", /data\.json is no JavaScript module/],
  ['a name that no file can have', "import './a%2Fb.mjs';", /which names no file/],
  ['a syntax error', 'import {', /is not valid JavaScript/],
])('refuses %s in one sentence', async (_, text, sentence) => {
  write('data.json', '{}');
  await expect(collectModule(write('mine.mjs', text))).rejects.toThrow(sentence);
  await expect(collectModule(write('mine.mjs', text))).rejects.toHaveProperty('name', 'HumanError');
});
