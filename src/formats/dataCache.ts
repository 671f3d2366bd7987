/**
 * Data that this machine can make again from a user's files: decoded images, unpacked archives. Images that cannot
 * be kept cost time at the next start, never the run.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** The folder of such data in the user's cache folder; it need not exist. */
export function dataCacheFolder(): string {
  return join(envPaths('supcon-lab', { suffix: '' }).cache, 'data');
}

/** Deletes the files of a folder that were not touched for longest until the rest takes at most `mostBytes`. */
export async function pruneFolder(folder: string, mostBytes: number): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, size, mtimeMs };
    }),
  );
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= mostBytes) {
      return;
    }
    await rm(path, { force: true });
    total -= size;
  }
}
