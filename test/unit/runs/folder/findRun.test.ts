import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRun, runNames } from '../../../../src/runs/folder/findRun';
import { fill, temporaryFolder } from '../folders';

function threeRuns(): string {
  return fill(temporaryFolder(), {
    'apple-1/config.json': '{}',
    'apple-2/config.json': '{}',
    'apple/run.json': '{}',
    '.new-abc/config.json': '{}',
    'notes/readme.txt': '',
  });
}

describe('findRun', () => {
  it('prefers an exact name to the prefix of others', async () => {
    const runs = threeRuns();
    expect(await findRun(runs, 'apple')).toBe(join(runs, 'apple'));
  });

  it('takes a unique prefix', async () => {
    const runs = fill(threeRuns(), { 'pear-1/config.json': '{}' });
    expect(await findRun(runs, 'pe')).toBe(join(runs, 'pear-1'));
  });

  it('takes a path outside the runs folder', async () => {
    const other = fill(temporaryFolder(), { 'mine/run.json': '{}' });
    expect(await findRun(threeRuns(), join(other, 'mine'))).toBe(join(other, 'mine'));
  });

  it('names the candidates of an ambiguous prefix', async () => {
    await expect(findRun(threeRuns(), 'apple-')).rejects.toThrow(/any of apple-1, apple-2: type more/);
  });

  it.each(['', 'cherry', '..', '../', '.new-abc', 'notes', '/nowhere/at/all'])('refuses %j', async (text) => {
    await expect(findRun(threeRuns(), text)).rejects.toThrow(/There is no run/);
  });
});

describe('runNames', () => {
  it('skips half-made runs, other folders and files', async () => {
    expect((await runNames(threeRuns())).sort()).toEqual(['apple', 'apple-1', 'apple-2']);
  });

  it('is empty for a missing folder', async () => {
    expect(await runNames('/nowhere/at/all')).toEqual([]);
  });
});
