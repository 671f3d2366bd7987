/**
 * Whether something lies inside a project, and so may have come with it. Nothing from there is run or loaded
 * unasked: a cloned repository could bring its own "Python".
 */
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

const PROJECT_MARKS = ['.git', '.supcon', '.vscode'];

/** Whether a folder is, or lies below, the working folder or a folder that holds a project. */
export function isInsideProject(
  folder: string,
  { home = homedir(), workingFolder = process.cwd() } = {},
): boolean {
  const place = realpathOf(folder);
  const ownHome = realpathOf(home);
  const below = relative(ownHome, place);
  // Hidden folders of the home folder belong to tools; some, such as pyenv's, are repositories themselves.
  if (below.startsWith('.') && !below.startsWith('..')) return false;
  const here = realpathOf(workingFolder);
  return ancestors(place)
    .filter((ancestor) => !contains(ancestor, ownHome))
    .some((ancestor) => ancestor === here || isProject(ancestor));
}

function isProject(folder: string): boolean {
  return PROJECT_MARKS.some((mark) => existsSync(join(folder, mark)));
}

/** The folder and what holds it, without the root of the file system. */
function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [folder, ...ancestors(parent)];
}

function contains(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
