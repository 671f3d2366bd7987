import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tryLock, withLock } from '../../../src/runs/lock';
import { identifySelf } from '../../../src/runs/process/identity';
import { fill, temporaryFolder } from './folders';

describe('tryLock', () => {
  it('is exclusive until it is released', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    const lock = await tryLock(path);
    expect(await tryLock(path)).toBeUndefined();
    await lock?.release();
    expect(existsSync(path)).toBe(false);
    expect(await tryLock(path)).toBeDefined();
  });

  it('is taken over from a process that died, and from a damaged file', async () => {
    const dead = { ...(await identifySelf()), startTime: 'long ago', mark: 'x' };
    const folder = fill(temporaryFolder(), { 'dead.lock': dead, 'broken.lock': '{' });
    expect(await tryLock(join(folder, 'dead.lock'))).toBeDefined();
    expect(await tryLock(join(folder, 'broken.lock'))).toBeDefined();
  });

  it('leaves no other files behind', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.lock');
    await Promise.all([tryLock(path), tryLock(path), tryLock(path)]);
    expect(readdirSync(folder)).toEqual(['a.lock']);
  });

  it('has one holder when it changes hands as fast as it can', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    let holders = 0;
    let most = 0;
    const worker = async () => {
      for (let i = 0; i < 100; i++) {
        const lock = await tryLock(path);
        if (lock === undefined) continue;
        most = Math.max(most, ++holders);
        await new Promise((resolve) => setImmediate(resolve));
        holders--;
        await lock.release();
      }
    };
    await Promise.all(Array.from({ length: 12 }, worker));
    expect(most).toBe(1);
  });

  it('has one winner when a stale lock is raced for', async () => {
    const dead = { pid: 1, startTime: 'long ago', mark: 'x' };
    for (let round = 0; round < 20; round++) {
      const path = join(fill(temporaryFolder(), { 'a.lock': dead }), 'a.lock');
      const all = await Promise.all(Array.from({ length: 4 }, () => tryLock(path)));
      expect(all.filter((lock) => lock !== undefined).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('withLock', () => {
  it('runs actions one after the other', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    let inside = 0;
    let most = 0;
    const action = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(path, 10_000, action)));
    expect(most).toBe(1);
  });

  it('gives up in the end, and releases after a failure', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    await expect(withLock(path, 1000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await tryLock(path);
    await expect(withLock(path, 50, () => Promise.resolve())).rejects.toThrow(/stayed taken/);
  });
});
