import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { annotateRun } from '../../../src/runs/annotate';
import { readUserFile } from '../../../src/runs/folder/runFiles';
import { fill, temporaryFolder } from './folders';

const runFolder = () => fill(temporaryFolder(), { 'config.json': { formatVersion: 1, name: 'configured' } });

describe('annotateRun', () => {
  it('changes what it is asked to and keeps the rest', async () => {
    const folder = fill(runFolder(), { 'user.json': { formatVersion: 1, tags: ['a'], notes: 'n' } });
    await annotateRun(folder, { name: ' better ', addTags: ['b', 'a'], starred: true });
    await annotateRun(folder, { removeTags: ['a'], archived: true });
    expect(await readUserFile(folder)).toEqual({
      formatVersion: 1,
      name: 'better',
      tags: ['b'],
      notes: 'n',
      star: true,
      archived: true,
    });
    await annotateRun(folder, { name: '', notes: '' });
    expect(await readUserFile(folder)).not.toHaveProperty('name');
  });

  it('loses nothing when many windows write at once', async () => {
    const folder = runFolder();
    const tags = Array.from({ length: 25 }, (_, i) => `tag ${i}`);
    await Promise.all([
      ...tags.map((tag) => annotateRun(folder, { addTags: [tag] })),
      annotateRun(folder, { notes: 'meanwhile' }),
    ]);
    const user = await readUserFile(folder);
    expect([...(user?.tags ?? [])].sort()).toEqual([...tags].sort());
    expect(user?.notes).toBe('meanwhile');
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'user.json']);
  });

  it('refuses what no list could show, and writes nothing', async () => {
    const folder = runFolder();
    const bad = [
      { name: 'two\nlines' },
      { name: 'x'.repeat(201) },
      { name: '\u001b[2J' },
      { addTags: ['a,b'] },
      { addTags: [' '] },
      { notes: 'x'.repeat(100_001) },
    ];
    for (const annotation of bad) await expect(annotateRun(folder, annotation)).rejects.toThrow(/:/);
    expect(readdirSync(folder)).toEqual(['config.json']);
  });

  it('says that a run is gone instead of making a folder', async () => {
    const folder = runFolder();
    rmSync(join(folder, 'config.json'));
    await expect(annotateRun(folder, { starred: true })).rejects.toThrow(/moved or deleted/);
  });
});
