/** One file of two runs against each other, as hunks with the line numbers of the files themselves. */
import { structuredPatch } from 'diff';
import type { CodeFileDiff, CodeHunk } from '../runDiff';
import type { FilePatch } from './patch';
import type { Side } from './sides';
import { NO_FILE, applyTo, fits, linesOf, mergeKnown } from './sides';

/** What is known of a file on one side. */
export interface FileFacts {
  readonly patch: FilePatch | undefined;
  /** The committed text; null where the commit has no such file, undefined where the repository is not at hand. */
  readonly committed: string | null | undefined;
  /** It was changed, and its patch was too large to be kept. */
  readonly isOmitted: boolean;
}

/** A file of two runs. */
export interface FilePair {
  readonly baseline: FileFacts;
  readonly own: FileFacts;
  /** Whether both runs stand on the same commit. */
  readonly isOneCommit: boolean;
}

/** The two sides of a file as texts, for an editor to compare. */
export interface FileSides {
  readonly basis: CodeFileDiff['basis'];
  readonly baseline: Side;
  readonly own: Side;
}

const CONTEXT_LINES = 3;
/** Two files without a line in common cost the product of their lengths. */
const MOST_EDITS = 20_000;

/** The two sides of a file; undefined where they are not known. */
export function sidesOf({ baseline, own, isOneCommit }: FilePair): FileSides | undefined {
  if (baseline.isOmitted || own.isOmitted) return undefined;
  const whole = [wholeSide(baseline), wholeSide(own)] as const;
  if (whole[0] !== undefined && whole[1] !== undefined)
    return { basis: 'files', baseline: whole[0], own: whole[1] };
  const merged = isOneCommit ? mergeKnown([baseline.patch, own.patch]) : undefined;
  if (merged === undefined) return patchSides(baseline, own);
  const anchors = [...(baseline.patch?.added.keys() ?? []), ...(own.patch?.added.keys() ?? [])];
  const side = ({ patch }: FileFacts) => (isGone(patch) ? NO_FILE : applyTo(merged, patch, anchors));
  return { basis: 'files', baseline: side(baseline), own: side(own) };
}

/** How a file differs; undefined where it does not. */
export function diffFile(path: string, pair: FilePair): CodeFileDiff | undefined {
  const nothing = { path, hunks: [], added: 0, removed: 0, basis: 'files' as const };
  if (isBinary(pair.baseline) || isBinary(pair.own)) return { ...nothing, change: 'binary' };
  const sides = sidesOf(pair);
  if (sides === undefined) return { ...nothing, change: 'unknown' };
  const hunks = hunksOf(sides.baseline, sides.own);
  if (hunks === undefined) return { ...nothing, change: 'unknown' };
  if (hunks.length === 0) return undefined;
  const count = (sign: string) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.startsWith(sign)).length, 0);
  const change = changeOf(sides);
  return { path, change, basis: sides.basis, hunks, added: count('+'), removed: count('-') };
}

function wholeSide({ patch, committed }: FileFacts): Side | undefined {
  if (isGone(patch)) return NO_FILE;
  if (patch?.kind === 'added') return applyTo(new Map(), patch);
  if (committed === undefined) return undefined;
  if (committed === null) return patch === undefined ? NO_FILE : undefined;
  const known = linesOf(committed);
  return patch === undefined || fits(known, patch) ? applyTo(known, patch) : undefined;
}

/** The uncommitted changes themselves, where the files cannot be put together. */
function patchSides(baseline: FileFacts, own: FileFacts): FileSides {
  const side = ({ patch }: FileFacts): Side => {
    const lines = patch?.text ?? [];
    return { lines, numbers: lines.map((_, i) => i + 1), hidden: new Set() };
  };
  return { basis: 'patches', baseline: side(baseline), own: side(own) };
}

function hunksOf(baseline: Side, own: Side): CodeHunk[] | undefined {
  const text = ({ lines }: Side) => lines.map((line) => `${line}\n`).join('');
  const options = { context: CONTEXT_LINES, maxEditLength: MOST_EDITS };
  const patch = structuredPatch('', '', text(baseline), text(own), '', '', options);
  return patch?.hunks.flatMap((hunk) => splitAtHidden(hunk, baseline, own));
}

/** Two changes are one hunk only if every line between them is known: a stretch that is not shown may be long. */
function splitAtHidden(
  { oldStart, newStart, lines }: { oldStart: number; newStart: number; lines: readonly string[] },
  baseline: Side,
  own: Side,
): CodeHunk[] {
  const hunks: { baselineStart: number; ownStart: number; lines: string[] }[] = [];
  let [a, b] = [oldStart - 1, newStart - 1];
  let isOpen = false;
  for (const line of lines) {
    const isHidden = line.startsWith(' ') && baseline.hidden.has(a);
    if (!isHidden && !isOpen)
      hunks.push({ baselineStart: numberAt(baseline, a), ownStart: numberAt(own, b), lines: [] });
    if (!isHidden) hunks.at(-1)?.lines.push(line);
    isOpen = !isHidden;
    if (!line.startsWith('+')) a++;
    if (!line.startsWith('-')) b++;
  }
  return hunks.filter((hunk) => hunk.lines.some((line) => !line.startsWith(' ')));
}

/** The line number of a place; past the end that of the line that would follow. */
function numberAt({ numbers }: Side, place: number): number {
  const last = numbers.at(-1);
  return numbers[place] ?? (last === undefined ? 0 : last + 1);
}

function changeOf({ basis, baseline, own }: FileSides): CodeFileDiff['change'] {
  if (basis === 'patches') return 'changed';
  if (baseline.lines.length === 0) return 'added';
  return own.lines.length === 0 ? 'removed' : 'changed';
}

function isGone(patch: FilePatch | undefined): boolean {
  return patch?.kind === 'removed';
}

function isBinary({ patch }: FileFacts): boolean {
  return patch?.kind === 'binary';
}
