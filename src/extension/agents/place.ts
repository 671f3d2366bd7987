/** Where a configuration that an agent names lies: in the workspace, links followed, or nowhere. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { HumanError } from '../../domain/errors';
import { CONFIGURATION_SUFFIX } from '../constants';

/**
 * The absolute path of a file inside one of the folders; a relative path is looked for in each of them.
 * @throws HumanError if it is no configuration, is not there, or lies elsewhere
 */
export async function placeInWorkspace(file: string, folders: readonly string[]): Promise<string> {
  if (!file.endsWith(CONFIGURATION_SUFFIX))
    throw new HumanError(`${file} is no configuration: name a file that ends in ${CONFIGURATION_SUFFIX}.`);
  const roots = await Promise.all(folders.map(realOrNothing));
  const candidates = isAbsolute(file) ? [file] : folders.map((folder) => resolve(folder, file));
  const found = (await Promise.all(candidates.map(realOrNothing))).find((path) => path !== undefined);
  if (found === undefined) throw new HumanError(`${file} does not exist in the workspace: check the path.`);
  const isInside = roots.some((root) => root !== undefined && isBelow(root, found));
  // A link to a file of another name could be anything.
  if (isInside && found.endsWith(CONFIGURATION_SUFFIX)) return found;
  throw new HumanError(`${file} lies outside the workspace: an agent may only start what lies in it.`);
}

async function realOrNothing(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
