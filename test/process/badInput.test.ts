/** Bad input ends with exit code 2, one sentence that says what to do, and no half-made run. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IdxSet, Workspace } from './realRun';
import { TINY, makeWorkspace, runCli, writeIdxSet } from './realRun';

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
  const write = (name: string, set: IdxSet) => writeIdxSet(join(workspace.folder, name), set);
  write('few', { images: 12 });
  write('truncated', { images: 40, missingBytes: 10 });
  write('oneClass', { images: 40, classes: 1 });
  write('mismatch', { images: 40, labels: 30 });
  mkdirSync(join(workspace.folder, 'empty'));
});
afterAll(() => workspace.remove());

async function refuses(sentence: RegExp, ...parameters: string[]): Promise<void> {
  const { code, errors } = await runCli(workspace, ...parameters, '--dir', workspace.runs);
  expect(errors).toMatch(sentence);
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(errors).not.toMatch(/ at .*:\d+:\d+/);
  expect(code).toBe(2);
  expect(
    existsSync(workspace.runs) ? readdirSync(workspace.runs).filter((name) => !name.startsWith('.git')) : [],
  ).toEqual([]);
}

const tiny = (changes: object) => workspace.write('tiny.supcon.json', { ...TINY, ...changes });

test.each([
  [
    'an unknown preset',
    ['train', 'nothing'],
    /no readable configuration nothing: name a \*\.supcon\.json file or a preset/,
  ],
  ['an unknown key', ['--set', 'stage1.epoch=3'], /unknown key "stage1\.epoch".*"stage1\.epochs"/],
  ['a wrong type', ['--set', 'seed=one'], /"seed" must be a whole number/],
  ['an unknown kind', ['--set', 'dataset.kind=png'], /"dataset\.kind" must be one of/],
  ['a missing data folder', ['--data', 'nowhere'], /nowhere does not exist/],
  ['a folder without data', ['--data', 'empty', '--set', 'seed=1'], /empty has no .*train-images/],
  ['a truncated file', ['--data', 'truncated'], /train-images-idx3-ubyte/],
  ['one class', ['--data', 'oneClass'], /class/],
  ['counts that differ', ['--data', 'mismatch'], /30.*40|40.*30/],
  ['fewer images than a batch', ['--data', 'few'], /fewer than one batch: set "stage1\.batchSize"/],
  [
    'more memory than there is',
    ['--set', 'dataset.kind=generated', '--set', 'stage1.batchSize=3000', '--set', 'model.width=512'],
    /memory.*try "stage1\.batchSize" \d+/,
  ],
])('%s', async (_, parameters, sentence) => {
  const isWhole = parameters[0] === 'train';
  await refuses(sentence, ...(isWhole ? parameters : ['train', tiny({}), ...parameters]));
});

test('a configuration that is not JSON is named with its line', async () => {
  await refuses(
    /broken\.supcon\.json is not valid JSON: .* line 2/,
    'train',
    workspace.write('broken.supcon.json', '{\n "seed" 3 }'),
  );
});

test('a run that does not exist', async () => {
  await refuses(/nosuch/, 'show', 'nosuch');
  await refuses(/nosuch/, 'stop', 'nosuch');
  await refuses(/nosuch/, 'resume', 'nosuch');
});

test('an unknown command and a missing argument', async () => {
  const unknown = await runCli(workspace, 'trian');
  expect(unknown.code).toBe(2);
  expect(unknown.errors).toMatch(/unknown command 'trian'/);
  expect((await runCli(workspace, 'train')).code).toBe(2);
});
