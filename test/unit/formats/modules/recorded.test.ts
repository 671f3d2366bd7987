/** Copies of modules in a run folder that may come from anybody: every lie in modules.json is refused in one sentence. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collectModule } from '../../../../src/formats/modules/collect';
import { collectCopy, readRecordedModules } from '../../../../src/formats/modules/recorded';

const MODULE = 'export default () => 0;';
const ENTRY = 'modules/loss.name/mine.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-recorded-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** A run folder whose modules.json lists one module. */
async function record(changes: object = {}, entry = ENTRY): Promise<void> {
  const { hash } = await collectModule(write(entry, MODULE));
  const module = { key: 'loss.name', source: '/home/a/mine.mjs', entry, hash, ...changes };
  write('modules.json', JSON.stringify({ formatVersion: 1, modules: [module] }));
}

test('reads what a run recorded, and nothing where there is nothing', async () => {
  expect(await readRecordedModules(folder)).toEqual([]);
  await record();
  const [module] = await readRecordedModules(folder);
  expect(module).toMatchObject({ key: 'loss.name', entry: ENTRY });
  const { path, files } = await collectCopy(folder, module);
  expect(path).toBe(join(folder, ENTRY));
  expect([...files.keys()]).toEqual(['mine.mjs']);
});

test.each([
  ['modules/loss.name/../../../mine.mjs'],
  ['modules/loss.name/./mine.mjs'],
  ['modules/loss.name//mine.mjs'],
  ['modules/loss.name/..\\..\\mine.mjs'],
  ['modules/model.encoder/mine.mjs'],
  ['/etc/mine.mjs'],
  ['mine.mjs'],
])('refuses the entry %s', async (entry) => {
  await record({ entry });
  await expect(readRecordedModules(folder)).rejects.toThrow(/modules\.json cannot be used \(an entry leaves/);
});

test.each([
  ['a key that holds no module', { key: 'seed' }],
  ['a name that would command a terminal', { source: '/home/a/\u001b[2K\rmine.mjs' }],
  ['no hash', { hash: undefined }],
])('refuses %s in one sentence', async (_, changes) => {
  await record(changes);
  await expect(readRecordedModules(folder)).rejects.toHaveProperty('name', 'HumanError');
});

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['a newer version', '{"formatVersion": 99, "modules": []}'],
])('refuses a modules.json that is %s', async (_, text) => {
  write('modules.json', text);
  await expect(readRecordedModules(folder)).rejects.toHaveProperty('name', 'HumanError');
});

test('refuses a copy that has changed, and one that is a link out of the folder', async () => {
  await record();
  const [module] = await readRecordedModules(folder);
  write(ENTRY, `${MODULE} // changed`);
  await expect(collectCopy(folder, module)).rejects.toThrow(/has changed since the run was started/);
  rmSync(join(folder, ENTRY));
  const outside = mkdtempSync(join(tmpdir(), 'supcon-outside-'));
  try {
    writeFileSync(join(outside, 'mine.mjs'), MODULE);
    symlinkSync(join(outside, 'mine.mjs'), join(folder, ENTRY));
    await expect(collectCopy(folder, module)).rejects.toThrow(/is a link out of/);
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
});
