/** A Python environment's TensorFlow in the arrangement that the add-on needs: links, in a folder of our own. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { toError } from '../../domain/errors';
import {
  ADDON_FILE,
  LIBRARIES,
  LIBRARY_FOLDER,
  NVIDIA_FOLDER,
  TENSORFLOW_VERSION,
  addonIn,
} from './arrangement';
import { machineFolders } from './machineFolders';
import { prebuiltAddon } from './prebuiltAddon';
import type { PythonPackage } from './pythonEnvironment';

/**
 * Makes the arrangement of links for a package, once, and gives the path of the add-on in it.
 * @returns or why it cannot be used, in a sentence
 */
export function arrangeLinks(
  found: PythonPackage,
  { folders = machineFolders(), addon = prebuiltAddon() } = {},
): { readonly addon: string } | { readonly missing: string } {
  const skew = versionSkew(found);
  if (skew !== undefined) return { missing: skew };
  if (addon === undefined)
    return {
      missing: `TensorFlow ${found.version} is in ${found.folder}, but the add-on that loads it is not built: run "supcon setup tensorflow".`,
    };
  try {
    return { addon: linked(found, folders.python, addon) };
  } catch (thrown) {
    return {
      missing: `The links to TensorFlow in ${folders.python} could not be made (${toError(thrown).message}): give your user permission to write there.`,
    };
  }
}

/** Why this version is not one that the add-on fits; undefined if it is. The C interface is stable within a minor version's patches. */
function versionSkew({ folder, version }: PythonPackage): string | undefined {
  const minor = (text: string) => text.split('.').slice(0, 2).join('.');
  if (minor(version) === minor(TENSORFLOW_VERSION)) return undefined;
  return `The TensorFlow in ${folder} is version ${version === '' ? 'unknown' : version} and SupCon Lab needs ${minor(TENSORFLOW_VERSION)}: install that one, or run "supcon setup tensorflow".`;
}

/** Built under another name and renamed, so that a second process never sees half of it. */
function linked({ folder, version }: PythonPackage, parent: string, addon: string): string {
  const key = createHash('sha256').update(`${folder}\n${version}\n`).update(readFileSync(addon));
  const place = join(parent, key.digest('hex').slice(0, 16));
  const ready = addonIn(place);
  if (ready !== undefined) return ready;
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(join(parent, '.draft-'));
  try {
    fill(draft, folder, addon);
    if (!existsSync(place)) renameSync(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return join(place, ADDON_FILE);
}

/** The add-on is a copy: Node resolves a link before loading, and the libraries are found beside the file. */
function fill(draft: string, folder: string, addon: string): void {
  chmodSync(draft, 0o700);
  mkdirSync(dirname(join(draft, ADDON_FILE)), { recursive: true });
  copyFileSync(addon, join(draft, ADDON_FILE));
  mkdirSync(join(draft, LIBRARY_FOLDER), { recursive: true });
  for (const name of LIBRARIES) symlinkSync(join(folder, name), join(draft, LIBRARY_FOLDER, name));
  const nvidia = join(dirname(folder), 'nvidia');
  if (existsSync(nvidia)) symlinkSync(nvidia, join(draft, NVIDIA_FOLDER));
}
