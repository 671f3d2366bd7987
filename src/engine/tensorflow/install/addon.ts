/**
 * The add-on between Node and TensorFlow: the copy that comes with the packaged product, or, in a checkout, built
 * from the sources in `@tensorflow/tfjs-node-gpu` against the library that has just been unpacked.
 */
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HumanError } from '../../../domain/errors';
import { ADDON_FILE, LIBRARIES, LIBRARY_FOLDER } from '../arrangement';
import { prebuiltAddon } from '../prebuiltAddon';
import { programsOnPath } from '../programs';
import { runProgram } from './childProcess';

/** Where the add-on comes from. */
export type AddonSource =
  | { readonly kind: 'prebuilt'; readonly file: string }
  | {
      readonly kind: 'sources';
      /** Folder of the package with binding.gyp. */
      readonly folder: string;
      /** node-gyp's script. */
      readonly nodeGyp: string;
    };

/** Inside the folder of a library in the making; removed once the add-on is built. */
const BUILD_FOLDER = 'build';
export const INCLUDE_FOLDER = join(BUILD_FOLDER, 'deps', 'include');

const LAST_LINES = 3;

/** What the linker calls the libraries: `-ltensorflow -ltensorflow_framework`, then by their own names. */
const LINKS = { 'libtensorflow.so': LIBRARIES[0], 'libtensorflow_framework.so': LIBRARIES[1] };

/** The prebuilt add-on, else the sources. Throws HumanError where neither can be had. */
export function findAddonSource(prebuilt = prebuiltAddon()): AddonSource {
  if (prebuilt !== undefined) return { kind: 'prebuilt', file: prebuilt };
  const sources = sourcesOfCheckout();
  if (sources === undefined)
    throw new HumanError(
      `This package of SupCon Lab has no add-on for ${process.platform}-${process.arch}: install the package made for it, or train with the engine "onnx".`,
    );
  requireCompiler();
  return { kind: 'sources', ...sources };
}

function sourcesOfCheckout(): { folder: string; nodeGyp: string } | undefined {
  try {
    const { resolve } = createRequire(import.meta.url);
    const folder = dirname(resolve('@tensorflow/tfjs-node-gpu/package.json'));
    return { folder, nodeGyp: resolve('node-gyp/bin/node-gyp.js') };
  } catch {
    return undefined;
  }
}

/** Throws HumanError unless there is what node-gyp calls. */
export function requireCompiler(path = process.env['PATH'] ?? ''): void {
  const has = (name: string) => programsOnPath(name, path).length > 0;
  const compilers = [process.env['CXX'] ?? 'g++', 'c++', 'clang++'];
  if (has('make') && (compilers.some(has) || existsSync(process.env['CXX'] ?? ''))) return;
  throw new HumanError(
    'The add-on has to be built here and there is no C++ compiler with make on PATH: install them (on Debian "apt install g++ make"), and set up again.',
  );
}

/** Puts the add-on into the folder of a library in the making, beside its libraries. */
export async function placeAddon(source: AddonSource, folder: string, signal?: AbortSignal): Promise<void> {
  await mkdir(dirname(join(folder, ADDON_FILE)), { recursive: true });
  if (source.kind === 'prebuilt') return copyFile(source.file, join(folder, ADDON_FILE));
  const build = join(folder, BUILD_FOLDER);
  await prepareBuild(source.folder, folder, build);
  await compile(source.nodeGyp, build, signal);
  await copyFile(join(build, 'out', 'tfjs_binding.node'), join(folder, ADDON_FILE));
  await rm(build, { recursive: true, force: true });
}

async function prepareBuild(sources: string, folder: string, build: string): Promise<void> {
  for (const name of ['binding', 'binding.gyp'])
    await cp(join(sources, name), join(build, name), { recursive: true });
  const libraries = join(build, 'deps', 'lib');
  await mkdir(libraries, { recursive: true });
  const names = { ...LINKS, ...Object.fromEntries(LIBRARIES.map((name) => [name, name])) };
  for (const [link, name] of Object.entries(names))
    await symlink(join(folder, LIBRARY_FOLDER, name), join(libraries, link));
}

async function compile(nodeGyp: string, build: string, signal: AbortSignal | undefined): Promise<void> {
  const definitions = {
    module_name: 'tfjs_binding',
    module_path: join(build, 'out'),
    napi_build_version: '8',
  };
  const parameters = [
    ...[nodeGyp, 'rebuild', '--directory', build, ...headersOfThisNode()],
    ...['--', ...Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`)],
  ];
  const { code, output } = await runProgram(process.execPath, parameters, { cwd: build, signal });
  if (code === 0) return;
  const end = output.trim().split('\n').slice(-LAST_LINES).join(' ');
  throw new HumanError(
    `The add-on could not be built with node-gyp: see that a C++ compiler, make and Python work, and set up again (${end}).`,
  );
}

/** Node's headers where they lie beside the program; else node-gyp downloads them. */
function headersOfThisNode(): string[] {
  const folder = dirname(dirname(process.execPath));
  return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? [`--nodedir=${folder}`] : [];
}
