/**
 * Small files whole, growing files by appending. A small file is written beside its place, forced to disk
 * and renamed, so a reader sees the old or the new content and never half of either. An appender never
 * leaves half a write behind.
 */
import { closeSync, fsyncSync, ftruncateSync, fstatSync, openSync, writeSync } from 'node:fs';
import { open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HumanError, toError, wrapError } from '../domain/errors';
import { errorCode, readingError } from './reading';

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits of the file; 0o600 hides it from other users. Default 0o666 less the umask. */
  readonly mode?: number;
  /** False for what can be made again: it need not be forced to the disk. Default true. */
  readonly isPrecious?: boolean;
}

const DEFAULT_MODE = 0o666;
let temporaryCount = 0;

/** Replaces a file in one move. Throws HumanError if the folder is missing, read-only or its disk full. */
export async function writeFileAtomically(
  path: string,
  data: string | Uint8Array,
  { mode = DEFAULT_MODE, isPrecious = true }: WriteOptions = {},
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${temporaryCount++}.tmp`);
  try {
    await (isPrecious
      ? writeAndSync(temporary, data, mode)
      : writeFile(temporary, data, { mode, flag: 'wx' }));
    await rename(temporary, path);
    if (isPrecious) await syncFolder(dirname(path));
  } catch (thrown) {
    await unlink(temporary).catch(() => undefined);
    throw writingError(path, thrown);
  }
}

/** Writes a value as indented JSON, atomically, ending in a newline. */
export async function writeJson(path: string, value: unknown, options: WriteOptions = {}): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(value, undefined, 2)}\n`, options);
}

/** Reads JSON. Throws HumanError if the file is missing, may not be read, or is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw new HumanError(`${path} is not valid JSON (${toError(thrown).message}): correct it or delete it.`, {
      cause: thrown,
    });
  }
}

/** As readJson, and undefined if there is no such file. */
export async function readJsonIfPresent(path: string): Promise<unknown> {
  try {
    return await readJson(path);
  } catch (thrown) {
    if (errorCode(toError(thrown).cause ?? thrown) === 'ENOENT') {
      return undefined;
    }
    throw thrown;
  }
}

/** A file that only grows. */
export interface Appender {
  /** Appends all of the bytes, or none and throws; returns the offset at which they begin. */
  append(bytes: Uint8Array): number;
  /** Waits until everything appended so far is on the disk. */
  sync(): void;
  close(): void;
}

/** Opens a file for appending, creating it if need be; synchronous, so that nothing recorded waits in memory. */
export function openAppender(path: string, { mode = DEFAULT_MODE }: WriteOptions = {}): Appender {
  const file = attempt(path, () => openSync(path, 'a', mode));
  let size = attempt(path, () => fstatSync(file).size);
  return {
    append(bytes) {
      const offset = size;
      try {
        writeAll(file, bytes);
      } catch (thrown) {
        ftruncateSync(file, offset);
        throw writingError(path, thrown);
      }
      size += bytes.length;
      return offset;
    },
    sync: () => attempt(path, () => fsyncSync(file)),
    close: () => closeSync(file),
  };
}

/** The error to throw after writing `path` failed: a HumanError where the person can help, else a wrapped one. */
export function writingError(path: string, thrown: unknown): Error {
  if (thrown instanceof HumanError) {
    return thrown;
  }
  switch (errorCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HumanError(`${path} could not be written because the disk is full: free some space.`, {
        cause: thrown,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HumanError(`${path} may not be written: give your user permission to write there.`, {
        cause: thrown,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new HumanError(
        `${path} could not be written because its folder does not exist: check the path.`,
        {
          cause: thrown,
        },
      );
    default:
      return wrapError(`writing ${path}`, thrown);
  }
}

async function writeAndSync(path: string, data: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself last through a power cut, where folders can be synced (not on Windows). */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(file, bytes, written);
  }
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw writingError(path, thrown);
  }
}
