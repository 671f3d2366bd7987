/**
 * The committed side of a comparison: files as they stood at each run's commit, from the repository that the runs lie
 * in. Without one, or without the commits, there is nothing, and the recorded patches have to do.
 */
import { changedPaths } from '../../domain/diff/code/code';
import type { CodeFacts, CommittedText } from '../../domain/diff/facts';
import { git } from '../folder/git';

/** More files than these are not opened: what differs that widely is read in the repository itself. */
const MOST_FILES = 200;
const MOST_CHARACTERS = 2_000_000;

/** Where the runs lie, and what each was started from, in the order of the columns. */
export interface CommittedRequest {
  readonly folder: string;
  readonly codes: readonly (CodeFacts | null)[];
}

/** Texts by path and column of the files that differ between commits or were changed by a run. Never throws. */
export async function readCommitted({ folder, codes }: CommittedRequest): Promise<CommittedText[]> {
  const root = await rootOf(folder);
  if (root === undefined || codes.every((code) => code?.commit == null)) return [];
  const known = await Promise.all(codes.map((code) => hasCommit(root, code?.commit ?? null)));
  if (known.includes(false)) return [];
  const paths = await pathsOf(root, codes);
  return Promise.all(
    paths.slice(0, MOST_FILES).map(async (path) => ({ path, texts: await textsOf(root, codes, path) })),
  );
}

/** The texts of one file, for an editor; undefined without a repository that has the commits. */
export async function readCommittedFile(
  { folder, codes }: CommittedRequest,
  path: string,
): Promise<CommittedText | undefined> {
  const root = await rootOf(folder);
  if (root === undefined) return undefined;
  const known = await Promise.all(codes.map((code) => hasCommit(root, code?.commit ?? null)));
  return known.includes(false) ? undefined : { path, texts: await textsOf(root, codes, path) };
}

async function rootOf(folder: string): Promise<string | undefined> {
  const printed = await git(folder, ['rev-parse', '--show-toplevel']).catch(() => '');
  return printed.trim() === '' ? undefined : printed.trim();
}

async function hasCommit(root: string, commit: string | null): Promise<boolean> {
  if (commit === null) return false;
  return git(root, ['cat-file', '-e', `${commit}^{commit}`]).then(
    () => true,
    () => false,
  );
}

async function pathsOf(root: string, codes: readonly (CodeFacts | null)[]): Promise<string[]> {
  const commits = [...new Set(codes.flatMap((code) => code?.commit ?? []))];
  const [first, ...others] = commits;
  const between = await Promise.all(others.map((commit) => changedBetween(root, first ?? commit, commit)));
  const uncommitted = codes.flatMap((code) => (code === null ? [] : changedPaths(code)));
  return [...new Set([...uncommitted, ...between.flat()])].sort();
}

async function changedBetween(root: string, a: string, b: string): Promise<string[]> {
  const printed = await git(root, [
    'diff',
    '--no-ext-diff',
    '--no-textconv',
    '--name-only',
    '-z',
    a,
    b,
    '--',
  ]);
  return printed.split('\0').filter((name) => name !== '');
}

/** Each commit is asked once, however many columns stand on it. */
async function textsOf(
  root: string,
  codes: readonly (CodeFacts | null)[],
  path: string,
): Promise<(string | null)[]> {
  const asked = new Map<string, Promise<string | null>>();
  return Promise.all(
    codes.map((code) => {
      const commit = code?.commit ?? '';
      const text = asked.get(commit) ?? show(root, commit, path);
      asked.set(commit, text);
      return text;
    }),
  );
}

/** A file of a commit; null where there is none, or none that can be read as text. */
async function show(root: string, commit: string, path: string): Promise<string | null> {
  const text = await git(root, ['show', '--no-textconv', `${commit}:${path}`]).catch(() => null);
  return text === null || text.length > MOST_CHARACTERS || text.includes('\0') ? null : text;
}
