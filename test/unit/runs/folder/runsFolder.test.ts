import { readFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertWritable, makeRunsFolder, resolveRunsFolder } from '../../../../src/runs/folder/runsFolder';
import { fill, temporaryFolder } from '../folders';

describe('resolveRunsFolder', () => {
  it('is .supcon/runs below the root unless another is named', () => {
    expect(resolveRunsFolder('/root')).toBe(join('/root', '.supcon', 'runs'));
    expect(resolveRunsFolder('/root', 'other')).toBe(join('/root', 'other'));
    expect(resolveRunsFolder('/root', '/elsewhere')).toBe('/elsewhere');
  });
});

describe('makeRunsFolder', () => {
  it('hides .supcon from version control, once', async () => {
    const root = temporaryFolder();
    await makeRunsFolder(resolveRunsFolder(root));
    const ignore = join(root, '.supcon', '.gitignore');
    expect(readFileSync(ignore, 'utf8')).toMatch(/^\*$/m);
    fill(root, { '.supcon/.gitignore': 'mine' });
    await makeRunsFolder(resolveRunsFolder(root));
    expect(readFileSync(ignore, 'utf8')).toBe('mine');
  });

  it('writes no .gitignore beside a folder that the user chose', async () => {
    const root = temporaryFolder();
    await makeRunsFolder(join(root, 'runs'));
    expect(existsSync(join(root, '.gitignore'))).toBe(false);
  });
});

describe('assertWritable', () => {
  it('makes nothing', async () => {
    const root = temporaryFolder();
    await assertWritable(join(root, 'a', 'b'), 0);
    expect(existsSync(join(root, 'a'))).toBe(false);
  });

  it('refuses a nearly full disk in a sentence', async () => {
    await expect(assertWritable(temporaryFolder(), Number.MAX_SAFE_INTEGER)).rejects.toThrow(
      /free some space/,
    );
  });

  it('refuses a file in the place of the folder', async () => {
    const root = fill(temporaryFolder(), { runs: 'a file' });
    await expect(assertWritable(join(root, 'runs'), 0)).rejects.toThrow(/a file of that name/);
    await expect(assertWritable(join(root, 'runs', 'below'), 0)).rejects.toThrow(/choose another folder/);
  });
});
