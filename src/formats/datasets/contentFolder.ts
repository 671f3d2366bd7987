/** Finds the files themselves where somebody has packed or unpacked a folder inside a folder. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const MOST_DEPTH = 4;
/** What macOS adds to archives. */
const RESOURCE_FORKS = '__MACOSX';

/** The folder, or the only folder in it where it holds nothing else, and so on; a file or nothing stays what it is. */
export function contentFolder(path: string, depth = 0): string {
  const entries = visibleEntries(path);
  const [only] = entries;
  if (entries.length !== 1 || !only.isDirectory() || depth === MOST_DEPTH) {
    return path;
  }
  return contentFolder(join(path, only.name), depth + 1);
}

/** What a folder holds that is not hidden, in the order of the names; nothing if it cannot be read. */
export function visibleEntries(folder: string) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter(isVisible).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Whether an entry of a folder counts: hidden ones and those of macOS do not. */
export function isVisible({ name }: { readonly name: string }): boolean {
  return !name.startsWith('.') && name !== RESOURCE_FORKS;
}
