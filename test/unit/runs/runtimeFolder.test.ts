import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEndpoint, findEndpoint, removeEndpoint, tokensEqual } from '../../../src/runs/endpoint';
import {
  complaintAbout,
  LONGEST_SOCKET_PATH_BYTES,
  openRuntimeFolder,
  runtimeFolders,
} from '../../../src/runs/runtimeFolder';
import { temporaryFolder } from './folders';

const before = process.env['XDG_RUNTIME_DIR'];
let base = '';

beforeEach(() => {
  base = temporaryFolder();
  process.env['XDG_RUNTIME_DIR'] = base;
});
afterEach(() => {
  if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
  else process.env['XDG_RUNTIME_DIR'] = before;
});

describe('openRuntimeFolder', () => {
  it('makes a folder that only this user can enter', async () => {
    const folder = await openRuntimeFolder();
    expect(folder).toBe(join(base, 'supcon'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(await openRuntimeFolder()).toBe(folder);
  });

  it('refuses a folder that others can enter', async () => {
    mkdirSync(join(base, 'supcon'));
    chmodSync(join(base, 'supcon'), 0o755);
    await expect(openRuntimeFolder()).rejects.toThrow(/can be entered by other users.*remove it/);
  });

  it('refuses a symbolic link', async () => {
    symlinkSync(temporaryFolder(), join(base, 'supcon'));
    await expect(openRuntimeFolder()).rejects.toThrow(/is not a folder/);
  });

  it('refuses a folder of someone else', () => {
    const theirs = { isDirectory: () => true, uid: (process.getuid?.() ?? 0) + 1, mode: 0o700 };
    expect(complaintAbout(theirs)).toBe('belongs to another user');
  });

  it('passes over a base whose sockets would have too long a path', async () => {
    const deep = join(base, 'x'.repeat(100));
    mkdirSync(deep);
    process.env['XDG_RUNTIME_DIR'] = deep;
    const folders = await runtimeFolders();
    expect(folders.length).toBeGreaterThan(0);
    for (const folder of folders) {
      expect(`${folder}/${'0'.repeat(16)}.sock`.length).toBeLessThanOrEqual(LONGEST_SOCKET_PATH_BYTES);
    }
  });

  it('ignores a relative or missing base', async () => {
    process.env['XDG_RUNTIME_DIR'] = 'relative';
    expect((await runtimeFolders()).every((folder) => folder.startsWith('/'))).toBe(true);
    process.env['XDG_RUNTIME_DIR'] = join(base, 'missing');
    expect(await runtimeFolders()).not.toContain(join(base, 'missing', 'supcon'));
  });
});

describe('an endpoint', () => {
  it('has a token on disk for this user alone, and is found by its name until it is removed', async () => {
    const folder = await openRuntimeFolder();
    const endpoint = await createEndpoint(folder);
    expect(statSync(join(folder, `${endpoint.name}.token`)).mode & 0o777).toBe(0o600);
    expect(await findEndpoint(endpoint.name)).toEqual(endpoint);
    await removeEndpoint(folder, endpoint.name);
    expect(await findEndpoint(endpoint.name)).toBeUndefined();
  });

  it('is not looked for under a name that is a path', async () => {
    expect(await findEndpoint('../../etc/passwd')).toBeUndefined();
  });

  it('compares tokens of any length', () => {
    expect(tokensEqual('abc', 'abc')).toBe(true);
    expect(tokensEqual('abc', 'abd')).toBe(false);
    expect(tokensEqual('abc', '')).toBe(false);
  });
});
