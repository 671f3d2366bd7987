/** How much disk a folder takes. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The sizes of all files below a folder in bytes; links count as themselves, and what vanishes meanwhile as nothing. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await bytesBelow(path) : await sizeOf(path);
  }
  return bytes;
}

function sizeOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
