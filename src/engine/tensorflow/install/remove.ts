/** Removes everything that set-up made, and folders above it that are empty then. The caller holds the lock. */
import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MachineFolders } from '../machineFolders';

/** Removes library, downloads and links; false if there was nothing. */
export async function removeTensorflow({ root }: MachineFolders): Promise<boolean> {
  const isThere = existsSync(root);
  await rm(root, { recursive: true, force: true });
  return isThere;
}

/** Removes the folders that held it where nothing else is in them, once the lock is released. */
export async function removeEmptyParents({ root }: MachineFolders): Promise<void> {
  for (const folder of [dirname(root), dirname(dirname(root))]) {
    await rmdir(folder).catch(() => undefined);
  }
}
