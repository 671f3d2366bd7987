/**
 * Where TensorFlow's native library is on this machine. Every source is brought into one arrangement: a folder with
 * the add-on of `@tensorflow/tfjs-node-gpu` in lib/napi-v8 and the libraries that it loads in deps/lib.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { ADDON_FILE, addonIn } from './arrangement';
import { readInstallation } from './install/installation';
import { NO_AVX, hasAvx } from './install/machine';
import { machineFolders } from './machineFolders';
import { findInPython } from './pythonEnvironment';
import { arrangeLinks } from './pythonLinks';

/** Names the machine's own library folder; the editor's setting of the same meaning is passed on in it. */
export const LIBRARY_VARIABLE = 'SUPCON_TENSORFLOW_LIBRARY';

/** A native library that can be loaded. */
export interface TensorflowLibrary {
  /** Path of tfjs_binding.node. */
  readonly addon: string;
  /** For people: where it was found. */
  readonly source: 'machine setting' | 'set-up' | 'Python environment' | 'package';
}

/** The library, or why there is none and what to do, in a sentence. */
export type LibrarySearch = TensorflowLibrary | { readonly missing: string };

/** Looks in the machine setting, the folder that set-up made, the user's Python environment, the package, in this order. */
export function findTensorflow(): LibrarySearch {
  if (!hasAvx()) return { missing: NO_AVX };
  return findNamed() ?? findInstalled() ?? findInEnvironmentOrPackage();
}

/** A setting that leads nowhere is said, not passed over. */
function findNamed(): LibrarySearch | undefined {
  const folder = process.env[LIBRARY_VARIABLE] ?? '';
  if (folder === '') return undefined;
  const addon = addonIn(folder);
  if (addon !== undefined) return { addon, source: 'machine setting' };
  return {
    missing: `There is no ${ADDON_FILE} in ${folder}: correct the setting "supcon.tensorflowLibrary" (in a terminal ${LIBRARY_VARIABLE}), or clear it.`,
  };
}

function findInstalled(): LibrarySearch | undefined {
  const { installed } = machineFolders();
  const addon = addonIn(installed);
  return addon !== undefined && readInstallation(installed) !== undefined
    ? { addon, source: 'set-up' }
    : undefined;
}

/** What is wrong with the environment is said only if the package has nothing either. */
function findInEnvironmentOrPackage(): LibrarySearch {
  const found = findInPython();
  const arranged = found === undefined ? undefined : arrangeLinks(found);
  if (arranged !== undefined && 'addon' in arranged) return { ...arranged, source: 'Python environment' };
  const addon = addonOfPackage();
  if (addon !== undefined) return { addon, source: 'package' };
  return arranged ?? { missing: 'TensorFlow is not set up on this machine: run "supcon setup tensorflow".' };
}

/** The add-on where the package's own install script has put it; we never run that script. */
function addonOfPackage(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    return addonIn(dirname(manifest));
  } catch {
    return undefined;
  }
}
