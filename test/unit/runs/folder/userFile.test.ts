import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readUserFile } from '../../../../src/runs/folder/runFiles';
import { updateUserFile } from '../../../../src/runs/folder/userFile';
import { fill, temporaryFolder } from '../folders';

describe('updateUserFile', () => {
  it('makes the file on the first change', async () => {
    const folder = temporaryFolder();
    await updateUserFile(folder, (user) => ({ ...user, name: 'first' }));
    expect(await readUserFile(folder)).toEqual({ formatVersion: 1, name: 'first' });
  });

  it('computes the change again when another writer was faster', async () => {
    const folder = fill(temporaryFolder(), { 'user.json': { formatVersion: 1, tags: ['a'] } });
    let calls = 0;
    await updateUserFile(folder, (user) => {
      if (calls++ === 0) {
        writeFileSync(join(folder, 'user.json'), JSON.stringify({ formatVersion: 1, tags: ['a', 'b'] }));
      }
      return { ...user, tags: [...(user.tags ?? []), 'c'] };
    });
    expect(calls).toBe(2);
    expect((await readUserFile(folder))?.tags).toEqual(['a', 'b', 'c']);
  });

  it('leaves a damaged file alone', async () => {
    const folder = fill(temporaryFolder(), { 'user.json': '{' });
    await expect(updateUserFile(folder, (user) => user)).rejects.toThrow(/damaged/);
  });
});
