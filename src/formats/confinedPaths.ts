/**
 * Keeps what a data set names inside the data set's own folder. Names are resolved the way the system would, links
 * in folders included, before they are compared.
 */
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether a path, links set aside, lies below a folder. */
export function isBelow(folder: string, path: string): boolean {
  const found = relative(folder, path);
  return found !== '' && found !== '..' && !found.startsWith(`..${sep}`) && !isAbsolute(found);
}

/**
 * A function from a name, relative to the folder or absolute, to its real path; undefined where that leads out of
 * the folder. Links must lead to something inside. It throws the system's error for a name that does not exist.
 */
export function confinedTo(folder: string): (name: string) => string | undefined {
  const root = realpathSync(folder);
  const realFolders = new Map<string, string>();
  return (name) => {
    const path = resolve(root, name);
    const parent = dirname(path);
    const realParent = realFolders.get(parent) ?? realpathSync(parent);
    realFolders.set(parent, realParent);
    const real = realpathSync(join(realParent, basename(path)));
    return isBelow(root, real) ? real : undefined;
  };
}
