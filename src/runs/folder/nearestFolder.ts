/** Where to wait for a folder that may not exist yet. */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The folder itself, or the nearest one above it that exists. */
export async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path);
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() === true || above === path ? path : nearestFolder(above);
}
