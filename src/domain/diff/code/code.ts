/**
 * The section `code`: what each run was started from. Two runs of one commit differ by their uncommitted changes;
 * runs of two commits also by whatever was committed between them, as far as the repository is at hand.
 */
import * as l10n from '@vscode/l10n';
import type { CodeFacts, CommittedText, RunFacts } from '../facts';
import { compareValues } from '../rows';
import type { CodeDiff, CodeFileDiff, CodeSection } from '../runDiff';
import type { FileFacts, FileSides } from './fileDiff';
import { diffFile, sidesOf } from './fileDiff';
import type { ReadPatch } from './patch';
import { readPatch } from './patch';

const COMMIT_DIGITS_SHOWN = 10;

/**
 * Compares the code of runs.
 * @param committed files that differ between the commits, or that a run has changed, as they were committed
 */
export function compareCode(facts: readonly RunFacts[], committed: readonly CommittedText[]): CodeSection {
  const patches = facts.map(({ code }) => readPatch(code?.patch ?? ''));
  const diffs = facts.map((_, column) => diffOf({ facts, patches, committed }, column)).slice(1);
  return { rows: rowsOf(facts), diffs, problems: problemsOf(facts, patches) };
}

/** The two sides of one file, for an editor to compare; undefined where they are not known. */
export function codeSides(
  codes: readonly [CodeFacts, CodeFacts],
  path: string,
  committed: CommittedText | undefined,
): FileSides | undefined {
  const [baseline, own] = codes.map((code, i) =>
    factsOf({ code, patch: readPatch(code.patch), committed, column: i }, path),
  );
  return sidesOf({ baseline, own, isOneCommit: isOneCommit(codes[0], codes[1]) });
}

/** Paths of the files that a run has changed, whether or not the changes were kept. */
export function changedPaths({ patch, omitted }: CodeFacts): string[] {
  return [...new Set([...readPatch(patch).files.keys(), ...omitted])];
}

interface Compared {
  readonly facts: readonly RunFacts[];
  readonly patches: readonly ReadPatch[];
  readonly committed: readonly CommittedText[];
}

function diffOf({ facts, patches, committed }: Compared, column: number): CodeDiff {
  const [baseline] = facts;
  const own = facts[column];
  if (baseline.code === null || own.code === null) return { column, files: [] };
  const sameCommit = isOneCommit(baseline.code, own.code);
  const paths = new Set([
    ...changedPaths(baseline.code),
    ...changedPaths(own.code),
    ...committed.filter(({ texts }) => texts[0] !== texts[column]).map(({ path }) => path),
  ]);
  const files = [...paths].sort().flatMap((path): CodeFileDiff[] => {
    const text = committed.find((each) => each.path === path);
    const [before, after] = [0, column].map((place) =>
      factsOf({ code: facts[place].code, patch: patches[place], committed: text, column: place }, path),
    );
    if (isSameFile(before, after)) return [];
    const file = diffFile(path, { baseline: before, own: after, isOneCommit: sameCommit });
    return file === undefined ? [] : [file];
  });
  return { column, files };
}

interface OneSide {
  readonly code: CodeFacts | null;
  readonly patch: ReadPatch;
  readonly committed: CommittedText | undefined;
  readonly column: number;
}

function factsOf({ code, patch, committed, column }: OneSide, path: string): FileFacts {
  return {
    patch: patch.files.get(path),
    committed: committed?.texts[column],
    isOmitted: code?.omitted.includes(path) ?? false,
  };
}

/** The same patch on the same text needs no comparison; a file that was left out may differ. */
function isSameFile(a: FileFacts, b: FileFacts): boolean {
  if (a.isOmitted || b.isOmitted || a.committed !== b.committed) return false;
  return a.patch?.identity === b.patch?.identity;
}

function isOneCommit(a: CodeFacts, b: CodeFacts): boolean {
  return a.commit !== null && a.commit === b.commit;
}

function rowsOf(facts: readonly RunFacts[]) {
  const columns = facts.map(({ code }) => (code?.commit == null ? null : { commit: code.commit }));
  return compareValues(columns, ['commit'], () => ({
    text: (value) => String(value).slice(0, COMMIT_DIGITS_SHOWN),
    title: String,
    note: (column) => facts[column].code?.branch ?? '',
  }));
}

function problemsOf(facts: readonly RunFacts[], patches: readonly ReadPatch[]): string[] {
  return facts.flatMap(({ name, code }, column) => {
    const { problem } = patches[column];
    return [
      ...(code?.unavailable == null
        ? []
        : [l10n.t('{0}: no code is recorded ({1}).', name, code.unavailable)]),
      ...(problem === null ? [] : [`${name}: ${problem}`]),
    ];
  });
}
