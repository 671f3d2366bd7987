/**
 * Files that this machine can make again: traced graphs, the measured choice of an engine. Nothing here may fail a
 * run: what cannot be read is not there, and what cannot be written is not kept.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';

/** A file or folder of the user's cache folder; it need not exist. */
export function cachePath(...names: readonly string[]): string {
  return join(envPaths('supcon-lab', { suffix: '' }).cache, ...names);
}

/** The bytes of a file, undefined where there is none that can be read. */
export function readCached(path: string): Buffer | undefined {
  return attempt(() => readFileSync(path));
}

/** Writes a file in one move, for this user alone, and makes its folder; whether it could. */
export function writeCached(path: string, data: string | Uint8Array): boolean {
  const temporary = `${path}.${process.pid}.tmp`;
  const written = attempt(() => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, data, { mode: 0o600 });
    renameSync(temporary, path);
    return true;
  });
  if (written !== true) attempt(() => rmSync(temporary, { force: true }));
  return written === true;
}

/** The result of work on the disk, undefined where it failed. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
