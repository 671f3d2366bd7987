/**
 * The packages that a Python command would import, for environment.json: read off the folder names beside its
 * interpreter. Nothing is executed, and a program that is no Python has none.
 */
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CommandSection } from '../../domain/configuration/command/schema';
import { findProgram } from './check';

const DISTRIBUTION = /^(.+?)-([^-]+)\.(?:dist-info|egg-info)$/;
const PYTHON_FOLDER = /^python(?:(\d+\.\d+)|\d+)$/;
const FIRST_LINE_BYTES = 256;
const MOST_PACKAGES = 2000;

/** Version by name, `python` among them; empty where there is no environment to be read. Never throws. */
export async function pythonPackages(
  command: Pick<CommandSection, 'program' | 'environment'>,
): Promise<Record<string, string>> {
  const program = await findProgram(command);
  if (program === undefined || !(await isPython(program))) return {};
  // The prefix of an environment holds `bin` and `lib`, whichever of its programs is started.
  const library = join(dirname(dirname(program)), 'lib');
  const versions: (readonly [string, string])[] = [];
  for (const folder of (await namesIn(library)).filter((name) => PYTHON_FOLDER.test(name)).sort()) {
    const found = await distributions(join(library, folder));
    const [, python] = PYTHON_FOLDER.exec(folder) ?? [];
    if (found.length > 0)
      versions.push(...(python === undefined ? [] : [['python', python] as const]), ...found);
  }
  return Object.fromEntries(versions.slice(0, MOST_PACKAGES));
}

/** An interpreter by its name, or one of the scripts that packages install beside it (torchrun, accelerate). */
async function isPython(program: string): Promise<boolean> {
  if (/^(python|pypy)/.test(basename(program))) return true;
  return /^#!.*python/.test(await firstBytes(program).catch(() => ''));
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINE_BYTES), 0, FIRST_LINE_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } finally {
    await file.close();
  }
}

async function distributions(library: string): Promise<[string, string][]> {
  const folders = ['site-packages', 'dist-packages'].map((name) => namesIn(join(library, name)));
  return (await Promise.all(folders)).flat().flatMap((name) => {
    const [, distribution, version] = DISTRIBUTION.exec(name) ?? [];
    return distribution === undefined || version === undefined ? [] : [[normalised(distribution), version]];
  });
}

/** Names of packages compare as PEP 503 says. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
