import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { tryLockPath } from '../../../../src/runs/folder/pathLock';
import { initialState } from '../../../../src/runs/keeper/stateRecord';
import { listRuns } from '../../../../src/runs/list';
import { identifySelf } from '../../../../src/runs/process/identity';
import { destroy, listTrash, measureTrash, restoreRun, trashRun } from '../../../../src/runs/trash/trash';
import { fill, temporaryFolder } from '../folders';

function runFiles(host = 'h', keeper = { pid: 1, startTime: 'x' }) {
  const segments = [{ index: 0, startedAt: 1, keeper, socket: 's' }];
  return { formatVersion: 1, id: 'r', createdAt: 5, host, version: '1', segments };
}
const EXIT = {
  ...{ formatVersion: 1, segment: 0, endState: 'completed', code: 0, signal: null, reason: null },
  endedAt: 9,
};

/** A runs folder with ended runs. */
function runsWith(...names: readonly string[]): string {
  const runsFolder = temporaryFolder();
  for (const name of names)
    fill(runsFolder, {
      [`${name}/run.json`]: runFiles(),
      [`${name}/exit.json`]: EXIT,
      [`${name}/a/b`]: name,
    });
  return runsFolder;
}

describe('the trash', () => {
  it('takes a run whole and gives it back whole', async () => {
    const runsFolder = runsWith('one', 'two');
    const trashed = await trashRun(join(runsFolder, 'one'));
    expect((await listRuns(runsFolder)).map(({ folder }) => folder)).toEqual([join(runsFolder, 'two')]);
    expect(await listTrash(runsFolder)).toEqual([trashed]);
    expect(await restoreRun(trashed)).toBe(join(runsFolder, 'one'));
    expect(readFileSync(join(runsFolder, 'one', 'a', 'b'), 'utf8')).toBe('one');
    expect(await listTrash(runsFolder)).toEqual([]);
  });

  it('refuses runs that live, here or elsewhere, and what is no run, and leaves them alone', async () => {
    const runsFolder = temporaryFolder();
    const heard = { ...initialState(0), heartbeat: Date.now() };
    fill(runsFolder, {
      'live/run.json': runFiles('h', await identifySelf()),
      'pending/config.json': { formatVersion: 1 },
      'elsewhere/run.json': runFiles('other'),
      'elsewhere/state.json': heard,
      'notes/readme.txt': 'no run',
      '.hidden/run.json': runFiles(),
    });
    for (const [name, complaint] of [
      ['live', /is starting: stop it first/],
      ['pending', /is pending: stop it first/],
      ['elsewhere', /another machine/],
      ['notes', /There is no run/],
      ['.hidden', /There is no run/],
      ['.', /There is no run/],
      ['gone', /There is no run/],
    ] as const)
      await expect(trashRun(join(runsFolder, name))).rejects.toThrow(complaint);
    expect(readdirSync(runsFolder).sort()).toEqual(['.hidden', 'elsewhere', 'live', 'notes', 'pending']);
  });

  it('takes a damaged run, and one whose machine has been silent for long', async () => {
    const runsFolder = temporaryFolder();
    const silent = { ...initialState(0), heartbeat: 1000 };
    fill(runsFolder, {
      'damaged/run.json': '{',
      'away/run.json': runFiles('other'),
      'away/state.json': silent,
    });
    for (const name of ['damaged', 'away']) await trashRun(join(runsFolder, name));
    expect((await listTrash(runsFolder)).map(({ id }) => id).sort()).toEqual(['away', 'damaged']);
  });

  it('refuses a run that is being resumed', async () => {
    const folder = join(runsWith('one'), 'one');
    const lock = await tryLockPath('resume', folder);
    await expect(trashRun(folder)).rejects.toThrow(/being resumed/);
    await lock?.release();
    await trashRun(folder);
  });

  it('never restores over a run, and says when a run is not there any more', async () => {
    const runsFolder = runsWith('one');
    const trashed = await trashRun(join(runsFolder, 'one'));
    fill(runsFolder, { 'one/run.json': runFiles() });
    await expect(restoreRun(trashed)).rejects.toThrow(/another stands in its place/);
    expect(await listTrash(runsFolder)).toHaveLength(1);
    await trashRun(join(runsFolder, 'one'));
    expect((await listTrash(runsFolder)).map(({ id }) => id)).toEqual(['one', 'one']);
    await restoreRun(trashed);
    await expect(restoreRun(trashed)).rejects.toThrow(HumanError);
  });

  it('is emptied of what was asked for alone, with its bytes told before', async () => {
    const runsFolder = runsWith('one', 'two', 'three');
    for (const name of ['one', 'two', 'three']) await trashRun(join(runsFolder, name));
    const sized = await measureTrash(runsFolder);
    const plain = ['run.json', 'exit.json'].reduce((sum, file) => {
      return sum + readFileSync(join(sized[0].folder, file)).length;
    }, 0);
    expect(sized.map(({ id, bytes }) => bytes - id.length)).toEqual([plain, plain, plain]);
    const [kept, ...others] = sized;
    mkdirSync(join(runsFolder, '.trash', '.doomed-1-left'));
    await restoreRun(sized[1]);
    await destroy(runsFolder, others);
    expect(readdirSync(join(runsFolder, '.trash'))).toEqual([`${kept.trashedAt}-${kept.id}`]);
    expect(existsSync(join(runsFolder, sized[1].id, 'a', 'b'))).toBe(true);
  });

  it('follows no link out of the runs folder', async () => {
    const runsFolder = runsWith('one');
    const outside = fill(temporaryFolder(), { 'precious/run.json': runFiles(), 'precious/file': 'x' });
    symlinkSync(join(outside, 'precious'), join(runsFolder, 'linked'));
    await expect(trashRun(join(runsFolder, 'linked'))).rejects.toThrow(/There is no run/);
    symlinkSync(outside, join(runsFolder, 'one', 'out'));
    await trashRun(join(runsFolder, 'one'));
    fill(join(runsFolder, '.trash'), { 'stranger/file': 'x', '7-..': '' });
    symlinkSync(outside, join(runsFolder, '.trash', '8-link'));
    await destroy(runsFolder, await listTrash(runsFolder));
    expect(readdirSync(join(runsFolder, '.trash')).sort()).toEqual(['7-..', '8-link', 'stranger']);
    expect(readFileSync(join(outside, 'precious', 'file'), 'utf8')).toBe('x');
  });

  it('refuses to work through a trash that is a link', async () => {
    const runsFolder = runsWith('one');
    symlinkSync(temporaryFolder(), join(runsFolder, '.trash'));
    await expect(trashRun(join(runsFolder, 'one'))).rejects.toThrow(/is a link/);
    expect(existsSync(join(runsFolder, 'one', 'run.json'))).toBe(true);
  });

  it('lets two windows delete and restore the same runs at once without losing one', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const runsFolder = runsWith(...names);
    const window = async () => {
      for (const name of names) {
        await trashRun(join(runsFolder, name)).catch(assertHuman);
        for (const run of await listTrash(runsFolder)) await restoreRun(run).catch(assertHuman);
      }
    };
    await Promise.all([window(), window(), window()]);
    for (const run of await listTrash(runsFolder)) await restoreRun(run);
    expect((await listRuns(runsFolder)).map(({ folder }) => folder).sort()).toEqual(
      names.map((name) => join(runsFolder, name)),
    );
    for (const name of names) writeFileSync(join(runsFolder, name, 'a', 'b'), '');
  });
});

function assertHuman(error: unknown): void {
  expect(error).toBeInstanceOf(HumanError);
}
