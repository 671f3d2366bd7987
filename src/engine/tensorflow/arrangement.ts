/**
 * How a TensorFlow library lies in a folder, wherever it came from: the add-on of `@tensorflow/tfjs-node-gpu` looks
 * for its libraries beside itself in ../../deps/lib, and those look for NVIDIA's in ../nvidia, as in a Python environment.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Version of TensorFlow that set-up fetches and that the add-on is built against. */
export const TENSORFLOW_VERSION = '2.21.0';

/** Paths inside the folder. */
export const ADDON_FILE = join('lib', 'napi-v8', 'tfjs_binding.node');
export const LIBRARY_FOLDER = join('deps', 'lib');
export const NVIDIA_FOLDER = join('deps', 'nvidia');

/** The libraries that the add-on loads, as TensorFlow's Linux wheels name them. */
export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

/** Path of the add-on in a folder of this arrangement; undefined if there is none. */
export function addonIn(folder: string): string | undefined {
  const addon = join(folder, ADDON_FILE);
  return existsSync(addon) ? addon : undefined;
}
