/** installation.json: what set-up put into a folder. A folder without it, or with files missing, is not complete. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Variant } from './wheels';

const FILE = 'installation.json';
const FORMAT_VERSION = 1;

/** What lies in the folder. */
export interface Installation {
  readonly variant: Variant;
  /** Version of TensorFlow. */
  readonly version: string;
  /** The files that were unpacked or built, relative to the folder. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Writes installation.json as the last file of a folder. */
export function writeInstallation(folder: string, installation: Installation): void {
  const text = JSON.stringify({ formatVersion: FORMAT_VERSION, ...installation }, undefined, 2);
  writeFileSync(join(folder, FILE), `${text}\n`);
}

/** What is installed in a folder; undefined if nothing is, a newer version wrote it, or a file is gone or cut off. */
export function readInstallation(folder: string): Installation | undefined {
  const installation = parse(folder);
  return installation?.files.every(({ path, bytes }) => sizeOf(join(folder, path)) === bytes) === true
    ? installation
    : undefined;
}

function parse(folder: string): Installation | undefined {
  try {
    const value = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Installation & {
      formatVersion: number;
    };
    return value.formatVersion === FORMAT_VERSION && Array.isArray(value.files) ? value : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}
