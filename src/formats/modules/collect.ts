/**
 * A module of the user's own with every file that it imports: what is asked about, hashed, recorded with the run
 * and loaded. Imports are relative files and parts of Node; a package would escape the hash, so it is refused.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { HumanError, toError } from '../../domain/errors';
import { readingError } from '../reading';

/** A module and its imports. */
export interface CollectedModule {
  /** Path of the module inside `files`, with forward slashes. */
  readonly entry: string;
  /** Every file by its path below the folder that holds them all, with forward slashes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 over names and contents, in hexadecimal. */
  readonly hash: string;
}

const ENDING = /\.m?js$/;
/** A module with more or larger files than this is not one that a person can have read. */
const MOST_FILES = 200;
const MOST_BYTES = 4 * 1024 * 1024;

/** Reads a module and what it imports. Throws HumanError that names the file and what is wrong with it. */
export async function collectModule(path: string): Promise<CollectedModule> {
  await init();
  const found = new Map<string, Uint8Array>();
  const entry = await realFile(resolve(path));
  await visit(entry, found);
  const root = commonFolder([...found.keys()]);
  const named = [...found].map(([file, bytes]) => [nameIn(root, file), bytes] as const).sort(byName);
  return { entry: nameIn(root, entry), files: new Map(named), hash: hashOf(named) };
}

/** Links are followed first, as Node does: an import is relative to where the importing file really lies. */
async function realFile(path: string): Promise<string> {
  return realpath(path).catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
}

async function visit(file: string, found: Map<string, Uint8Array>): Promise<void> {
  if (found.has(file)) return;
  if (!ENDING.test(file))
    throw new HumanError(`${file} is no JavaScript module: give a file that ends in .mjs or .js.`);
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw readingError(file, thrown);
  });
  found.set(file, bytes);
  refuseTooLarge(file, found);
  for (const specifier of importsOf(file, bytes.toString('utf8'))) {
    const target = targetOf(file, specifier);
    if (target !== undefined) await visit(await realFile(target), found);
  }
}

function importsOf(file: string, source: string): string[] {
  try {
    const [imports] = parse(source, file);
    return imports.flatMap(({ specifier }) => {
      // `import.meta` is listed among imports.
      if (specifier === null) return [];
      if (specifier !== undefined) return [specifier];
      throw new HumanError(`${file} imports a file whose name is computed: write the name out.`);
    });
  } catch (thrown) {
    if (thrown instanceof HumanError) throw thrown;
    throw new HumanError(`${file} is not valid JavaScript (${toError(thrown).message}): correct it.`, {
      cause: thrown,
    });
  }
}

/** The imported file; undefined for what is part of Node. */
function targetOf(file: string, specifier: string): string | undefined {
  if (/^\.{1,2}\//.test(specifier)) return resolveAsNode(file, specifier);
  if (isBuiltin(specifier)) return undefined;
  throw new HumanError(
    `${file} imports the package "${specifier}": a module may import files beside it and parts of Node; TensorFlow.js is handed to it.`,
  );
}

/** A specifier is a URL: `./a%62.mjs` is the file `ab.mjs`, and what follows a `?` is no part of the name. */
function resolveAsNode(file: string, specifier: string): string {
  try {
    return fileURLToPath(new URL(specifier, pathToFileURL(file)));
  } catch (thrown) {
    throw new HumanError(`${file} imports "${specifier}", which names no file: correct it.`, {
      cause: thrown,
    });
  }
}

function refuseTooLarge(file: string, found: ReadonlyMap<string, Uint8Array>): void {
  const bytes = [...found.values()].reduce((sum, { length }) => sum + length, 0);
  if (found.size > MOST_FILES || bytes > MOST_BYTES)
    throw new HumanError(
      `${file} and its imports are more than ${MOST_FILES} files or 4 MiB: keep data out of modules.`,
    );
}

function commonFolder(files: readonly string[]): string {
  return files.map(dirname).reduce((folder, other) => {
    let common = folder;
    while (other !== common && !other.startsWith(common.endsWith(sep) ? common : common + sep))
      common = dirname(common);
    return common;
  });
}

function nameIn(root: string, file: string): string {
  return root === dirname(file) ? basename(file) : relative(root, file).split(sep).join('/');
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function hashOf(files: readonly (readonly [string, Uint8Array])[]): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

/** Where a file of a collected module lies below a folder. */
export function placeOf(folder: string, name: string): string {
  return join(folder, ...name.split('/'));
}
