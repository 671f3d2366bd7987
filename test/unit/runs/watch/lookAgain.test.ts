/** Looking again: at once when the system tells of a change, and ever more seldom while there is nothing new. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { Disposable } from '../../../../src/runs/disposable';
import type { FolderChange } from '../../../../src/runs/watch/folderWatcher';
import { createFolderWatcher } from '../../../../src/runs/watch/folderWatcher';
import type { LookOptions } from '../../../../src/runs/watch/lookAgain';
import { lookAgain } from '../../../../src/runs/watch/lookAgain';
import { temporaryFolder } from '../folders';

const open: Disposable[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
  vi.useRealTimers();
});

function looking(options: Partial<LookOptions> & Pick<LookOptions, 'look'>) {
  const again = lookAgain({ gapMs: 10, pollMs: 1000, ...options });
  open.push(again);
  return again;
}

const HOUR_MS = 3_600_000;

it('looks seldom at what is watched and idle, and keeps on where nothing can be watched', async () => {
  vi.useFakeTimers();
  const folder = temporaryFolder();
  const counts = { watched: 0, blind: 0, busy: 0 };
  const look = (name: keyof typeof counts, folders: readonly string[]) => () => {
    counts[name]++;
    return Promise.resolve({ folders, isBusy: name === 'busy' });
  };
  looking({ look: look('watched', [folder]) });
  looking({ look: look('blind', [join(folder, 'nothing')]) });
  looking({ look: look('busy', [folder]) });
  // What kind of file system it is, is asked of the system.
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    const before = counts.watched;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counts.watched - before).toBeLessThanOrEqual(2);
  });
  const before = { ...counts };
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  const everyMs = (name: keyof typeof counts) => HOUR_MS / (counts[name] - before[name]);
  expect(everyMs('watched') / 30_000).toBeCloseTo(1, 1);
  expect(everyMs('blind') / 5000).toBeCloseTo(1, 1);
  expect(everyMs('busy') / 1000).toBeCloseTo(1, 1);
});

it('looks at once at a change that is heeded, also in a folder that was not there or came back', async () => {
  const base = temporaryFolder();
  const folder = join(base, 'runs');
  let looks = 0;
  const again = looking({
    look: () => {
      looks++;
      return Promise.resolve({ folders: [base, folder], isBusy: false });
    },
    pollMs: 1e9,
    blindMs: 1e9,
    heeds: ({ name }) => name !== 'ignored',
  });
  const sees = async (act: () => void) => {
    const before = looks;
    act();
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(before);
    await again.now();
  };
  await again.now();
  await sees(() => mkdirSync(folder));
  await sees(() => writeFileSync(join(folder, 'a'), '1'));
  await sees(() => rmSync(folder, { recursive: true }));
  await sees(() => mkdirSync(folder));
  await sees(() => writeFileSync(join(folder, 'a'), '1'));
});

it('tells whether names may have come, and tries again at everything after a failure', async () => {
  const told: boolean[] = [];
  let isFailing = true;
  const again = looking({
    look: (mayHaveNames) => {
      told.push(mayHaveNames);
      return isFailing ? Promise.reject(new Error('x')) : Promise.resolve({ folders: [], isBusy: false });
    },
    pollMs: 5,
    blindMs: 5,
  });
  await again.now();
  isFailing = false;
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(2);
  expect(new Set(told)).toEqual(new Set([true]));
});

it('is not relied on for folders that are missing, and tells contents from names', async () => {
  const folder = temporaryFolder();
  const changes: FolderChange[] = [];
  const watcher = createFolderWatcher((change) => changes.push(change));
  open.push(watcher);
  watcher.watch([folder, join(folder, 'none')]);
  expect(watcher.isReliable()).toBe(false);
  watcher.watch([folder]);
  await expect.poll(() => watcher.isReliable(), { timeout: 10_000 }).toBe(true);
  writeFileSync(join(folder, 'a'), '1');
  await expect.poll(() => changes.length, { timeout: 10_000 }).toBeGreaterThan(1);
  expect(changes[0]).toEqual({ folder, name: 'a', isRename: true });
  expect(changes.at(-1)?.isRename).toBe(false);
});
