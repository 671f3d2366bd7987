/** One lock for one path among the processes of this machine; it lies in the runtime folder, not beside what it guards. */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tryLock, withLock } from '../lock';
import type { Lock } from '../lock';
import { openRuntimeFolder } from '../runtimeFolder';
import { fileError } from './fileError';

/** Longer than any change of a small file takes on a slow disk. */
const WAIT_MS = 30_000;

/**
 * Takes the lock of a path for a purpose; undefined while another holds it. Throws HumanError if the folder that the
 * path lies in is missing.
 */
export async function tryLockPath(purpose: string, path: string): Promise<Lock | undefined> {
  return tryLock(await lockFile(purpose, path));
}

/** Runs an action while holding the lock of a path, waiting for whoever holds it. */
export async function withPathLock<T>(purpose: string, path: string, action: () => Promise<T>): Promise<T> {
  return withLock(await lockFile(purpose, path), WAIT_MS, action);
}

/** Names the path the same whichever way its folder is written; the path itself need not exist. */
async function lockFile(purpose: string, path: string): Promise<string> {
  const parent = await realpath(dirname(path)).catch((error: unknown) => {
    throw fileError(`Cannot reach ${path}`, error);
  });
  const hash = createHash('sha256')
    .update(join(parent, basename(path)))
    .digest('hex')
    .slice(0, 16);
  return join(await openRuntimeFolder(), `${purpose}-${hash}.lock`);
}
