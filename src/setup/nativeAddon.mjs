/**
 * The add-on that loads TensorFlow, for the package: built once in the cache, by TensorFlow's own set-up, and copied
 * to dist/native/<platform>, where the packaged programs look for it. It is small; the library itself is never packed.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { setUpTensorflow, tensorflowAddon } from './tools.mjs';

/**
 * Where the add-on of a platform lies, relative to the root.
 * @param {string} platform for example linux-x64
 * @returns {string}
 */
export function nativeAddonFolder(platform) {
  return `dist/native/${platform}`;
}

/**
 * Puts the add-on of the machine at hand into dist/.
 * @param {string} platform
 * @returns {Promise<string | undefined>} why that was not possible, or undefined when it is there
 */
export async function placeNativeAddon(platform) {
  const tensorflow = await setUpTensorflow();
  if ('missing' in tensorflow) return tensorflow.missing;
  const folder = join(root, nativeAddonFolder(platform));
  mkdirSync(folder, { recursive: true });
  copyFileSync(tensorflowAddon(tensorflow.path), join(folder, 'tfjs_binding.node'));
  return undefined;
}
