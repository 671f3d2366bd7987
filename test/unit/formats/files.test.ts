import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../src/domain/errors';
import {
  openAppender,
  readJson,
  readJsonIfPresent,
  writeFileAtomically,
  writeJson,
  writingError,
} from '../../../src/formats/files';
import { readingError } from '../../../src/formats/reading';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: failed`), { code });
}

describe('writing atomically', () => {
  it('replaces the content and leaves nothing else behind', async () => {
    const path = join(folder, 'a.json');
    await writeFileAtomically(path, 'one');
    await writeFileAtomically(path, new Uint8Array([50]));
    expect(readFileSync(path, 'utf8')).toBe('2');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('hides a secret from other users', async () => {
    const path = join(folder, 'token');
    await writeFileAtomically(path, 'x', { mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('lets concurrent writers each write a whole file', async () => {
    const path = join(folder, 'a.json');
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(5000));
    await Promise.all(texts.map((text) => writeFileAtomically(path, text)));
    expect(texts).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('keeps the old file and cleans up when it fails', async () => {
    const path = join(folder, 'a', 'b.json');
    await expect(writeFileAtomically(path, 'x')).rejects.toThrow(/b\.json .*folder does not exist/);
    await expect(writeFileAtomically(folder, 'x')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('JSON files', () => {
  it('come back as they were written', async () => {
    const path = join(folder, 'a.json');
    const value = { formatVersion: 1, name: 'ä', list: [1, null] };
    await writeJson(path, value);
    expect(await readJson(path)).toEqual(value);
    expect(await readJsonIfPresent(path)).toEqual(value);
  });

  it('that are missing or broken are named', async () => {
    const path = join(folder, 'a.json');
    await expect(readJson(path)).rejects.toThrow(HumanError);
    expect(await readJsonIfPresent(path)).toBeUndefined();
    writeFileSync(path, '{"a": 1');
    await expect(readJson(path)).rejects.toThrow(/a\.json is not valid JSON/);
    await expect(readJsonIfPresent(path)).rejects.toThrow(/a\.json is not valid JSON/);
  });
});

describe('an appender', () => {
  it('says where each piece begins, also in a file that existed', () => {
    const path = join(folder, 'log');
    writeFileSync(path, 'abc');
    const appender = openAppender(path);
    expect(appender.append(new Uint8Array([100, 101]))).toBe(3);
    expect(appender.append(new Uint8Array([102]))).toBe(5);
    appender.sync();
    appender.close();
    expect(readFileSync(path, 'utf8')).toBe('abcdef');
  });

  it('explains a missing folder', () => {
    expect(() => openAppender(join(folder, 'none', 'log'))).toThrow(HumanError);
  });
});

describe('errors of the file system', () => {
  it('become sentences with the path and a remedy', () => {
    expect(readingError('/x', systemError('EACCES')).message).toMatch(/^\/x may not be read: give/);
    expect(readingError('/x', systemError('EISDIR')).message).toMatch(/^\/x is a folder/);
    expect(readingError('/x', systemError('ENOTDIR'))).toBeInstanceOf(HumanError);
    expect(writingError('/x', systemError('ENOSPC')).message).toMatch(/^\/x .* disk is full/);
    expect(writingError('/x', systemError('EROFS')).message).toMatch(/^\/x may not be written/);
  });

  it('that nobody can help are wrapped with their cause', () => {
    const cause = systemError('EIO');
    for (const error of [readingError('/x', cause), writingError('/x', cause)]) {
      expect(error).not.toBeInstanceOf(HumanError);
      expect(error.cause).toBe(cause);
      expect(error.message).toContain('/x');
    }
    const human = new HumanError('as it stands');
    expect(readingError('/x', human)).toBe(human);
    expect(writingError('/x', human)).toBe(human);
  });
});
