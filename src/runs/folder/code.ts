/**
 * code.json and code.patch: which code a run was started from. git is asked, read-only and without a shell;
 * whatever goes wrong there is written down and never fails a run. Files that usually hold secrets, ignored
 * files and untracked files stay out.
 */
import { toError } from '../../domain/errors';
import { FORMAT_VERSION } from '../../domain/run/layout';
import { git } from './git';

const MEBIBYTE = 1024 * 1024;
/** The largest patch that is kept; files that do not fit are named instead. */
export const LARGEST_PATCH_BYTES = MEBIBYTE;
const MOST_FILES = 200;
const SECRET_FILES = ['.env*', '*.pem', '*.key', 'id_*'];
const DIFF = ['diff', 'HEAD', '--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short'];

/** The content of code.json. */
export interface CodeFile {
  readonly formatVersion: number;
  /** Why there is no commit here, or null. */
  readonly unavailable: string | null;
  readonly commit: string | null;
  readonly branch: string | null;
  /** Whether tracked files differ from the commit. */
  readonly changed: boolean;
  /** Changed files that the patch leaves out because it would pass its size. */
  readonly omitted: readonly string[];
}

export interface CapturedCode {
  readonly code: CodeFile;
  /** Null if nothing differs or nothing is known. */
  readonly patch: string | null;
}

/** Describes the code in a folder; `null` means that the user has switched this off. Never throws. */
export async function captureCode(folder: string | null): Promise<CapturedCode> {
  if (folder === null) return unavailable('switched off');
  try {
    return await captureFromGit(folder);
  } catch (error) {
    return unavailable(toError(error).message.trim().split('\n').at(-1) ?? 'git failed');
  }
}

async function captureFromGit(folder: string): Promise<CapturedCode> {
  const root = (await git(folder, ['rev-parse', '--show-toplevel'])).trim();
  const commit = (await git(root, ['rev-parse', 'HEAD'])).trim();
  const branch = (await git(root, ['rev-parse', '--abbrev-ref', 'HEAD'])).trim();
  const { patch, omitted } = await patchOf(root);
  const changed = patch !== '' || omitted.length > 0;
  const code = { formatVersion: FORMAT_VERSION, unavailable: null, commit, branch, changed, omitted };
  return { code, patch: patch === '' ? null : patch };
}

async function patchOf(root: string): Promise<{ patch: string; omitted: string[] }> {
  const names = (await git(root, [...DIFF, '--name-only', '-z', '--', '.', ...withoutSecrets()])).split('\0');
  const omitted: string[] = [];
  let patch = '';
  for (const [index, name] of names.filter((each) => each !== '').entries()) {
    const part =
      index < MOST_FILES ? await git(root, [...DIFF, '--', `:(literal)${name}`]).catch(() => null) : null;
    const fits = part !== null && Buffer.byteLength(patch) + Buffer.byteLength(part) <= LARGEST_PATCH_BYTES;
    if (fits) patch += part;
    else omitted.push(name);
  }
  return { patch, omitted };
}

function withoutSecrets(): string[] {
  return SECRET_FILES.map((pattern) => `:(exclude,glob,icase)**/${pattern}`);
}

function unavailable(reason: string): CapturedCode {
  const nothing = { commit: null, branch: null, changed: false, omitted: [] };
  return { code: { formatVersion: FORMAT_VERSION, unavailable: reason, ...nothing }, patch: null };
}
