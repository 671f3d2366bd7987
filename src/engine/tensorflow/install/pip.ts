/** The user's own pip: finding it, and having it fetch one pinned file. */
import { rm, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HumanError } from '../../../domain/errors';
import { programsOnPath } from '../programs';
import { isInsideProject } from '../projectFolder';
import { runProgram } from './childProcess';
import type { Wheel } from './wheels';
import { tagsOf } from './wheels';

const NO_PYTHON =
  'Set-up fetches TensorFlow with pip and there is no Python 3 on PATH: install Python 3 with pip, and set up again.';

/** A Python 3 on PATH that has pip, outside any project. Throws HumanError if there is none. */
export async function findPip(candidates = pythonsOnPath()): Promise<string> {
  let problem = NO_PYTHON;
  for (const python of candidates) {
    if (await hasPip(python)) return python;
    problem = `The Python ${python} has no pip: install pip for it (on Debian "apt install python3-pip"), and set up again.`;
  }
  throw new HumanError(problem);
}

function pythonsOnPath(): readonly string[] {
  const programs = ['python3', 'python'].flatMap((name) => programsOnPath(name));
  return programs.filter((program) => !isInsideProject(dirname(program)));
}

async function hasPip(python: string): Promise<boolean> {
  try {
    const { code, output } = await runProgram(python, ['-m', 'pip', '--version'], { cwd: dirname(python) });
    return code === 0 && output.includes('python 3');
  } catch {
    return false;
  }
}

/** What to fetch, with what, and where to. */
export interface PipDownload {
  readonly python: string;
  readonly wheel: Wheel;
  readonly folder: string;
  /** For pip's unfinished files; removed in the end. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

/** Where in its scratch folder pip keeps what has not arrived whole. */
export function unfinishedFolder(scratch: string): string {
  return join(scratch, 'unfinished');
}

/** Downloads one wheel. Throws HumanError where that fails, also if its hash is another. */
export async function downloadWithPip({
  python,
  wheel,
  folder,
  scratch,
  signal,
}: PipDownload): Promise<void> {
  await rm(scratch, { recursive: true, force: true });
  const unfinished = unfinishedFolder(scratch);
  await mkdir(unfinished, { recursive: true });
  const requirements = join(scratch, 'requirements.txt');
  await writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  try {
    const { code, output } = await runProgram(python, pipParameters(wheel, folder, requirements), {
      cwd: scratch,
      env: { ...process.env, TMPDIR: unfinished, PIP_REQUIRE_VIRTUALENV: '0', PIP_RESUME_RETRIES: '20' },
      signal,
    });
    if (code !== 0) throw new HumanError(explain(wheel, output));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** No cache: the files are kept here, and removal has to leave nothing behind. */
function pipParameters(wheel: Wheel, folder: string, requirements: string): string[] {
  const { python, abi, platforms } = tagsOf(wheel.file);
  const interpreter = python.startsWith('cp')
    ? ['--implementation', 'cp', '--abi', abi, '--python-version', python.slice('cp'.length)]
    : ['--python-version', '311'];
  return [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--require-hashes', '--no-cache-dir'],
    ...['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
    ...interpreter,
    ...platforms.flatMap((platform) => ['--platform', platform]),
    ...['--dest', folder, '--requirement', requirements],
  ];
}

/** The sentence about a file whose hash is another than the pinned one. */
export function foreignFile({ file }: Wheel): string {
  return `${file} is not the file that SupCon Lab knows (its SHA-256 differs) and was refused: check which package index pip uses, and set up again.`;
}

function explain(wheel: Wheel, output: string): string {
  const { name, version, file } = wheel;
  if (output.includes('DO NOT MATCH THE HASHES')) return foreignFile(wheel);
  if (output.includes('No matching distribution found'))
    return `pip found no ${name} ${version} in its package index: let pip use an index that has it, and set up again.`;
  if (output.includes('No space left')) return `The disk is full: free some space, and set up again.`;
  const errors = output.split('\n').filter((line) => line.startsWith('ERROR:'));
  const last = errors.at(-1)?.replace('ERROR:', '').trim() ?? 'it gave no reason';
  return `pip could not download ${file} (${last.slice(0, 300)}): check the network and set up again, what has arrived is kept.`;
}
