/** What is said above and between the rows of a diff: counts, and sentences where there is nothing to show. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../display/format';
import { NOT_RECORDED } from './rows';
import type {
  CodeDiff,
  CodeFileDiff,
  DiffRow,
  DiffSection,
  MetricRow,
  SampleChange,
  SamplesDiff,
} from './runDiff';

/** Rows that are not shown, as one line stands for them: a default and what nobody recorded are not equal. */
export function foldedRows(rows: readonly DiffRow[]): string {
  const equal = rows.filter((row) => !hasGap(row)).length;
  const gaps = rows.length - equal;
  if (gaps === 0) return equal === 1 ? l10n.t('1 equal row') : l10n.t('{0} equal rows', formatCount(equal));
  const unknown =
    gaps === 1
      ? l10n.t('1 row not recorded everywhere')
      : l10n.t('{0} rows not recorded everywhere', formatCount(gaps));
  return equal === 0 ? unknown : l10n.t('{0} equal, {1}', formatCount(equal), unknown);
}

/** The state of a section of rows, for example `differs in 2 of 41`, `equal (31)`. */
export function summaryOfRows({ rows }: Pick<DiffSection, 'rows'>): string {
  const differing = rows.filter(({ differs }) => differs).length;
  if (rows.length === 0) return NOT_RECORDED;
  if (differing > 0) return l10n.t('differs in {0} of {1}', differing, rows.length);
  return hasGaps(rows) ? l10n.t('nothing to compare it with') : l10n.t('equal ({0})', rows.length);
}

/** The state of the code against the baseline, for example `1 file, 1 hunk`. */
export function summaryOfCode({ files }: Pick<CodeDiff, 'files'>): string {
  if (files.length === 0) return l10n.t('equal');
  const hunks = files.reduce((sum, file) => sum + file.hunks.length, 0);
  return `${filesInWords(files.length)}, ${hunksInWords(hunks)}`;
}

function filesInWords(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatCount(count));
}

function hunksInWords(count: number): string {
  return count === 1 ? l10n.t('1 hunk') : l10n.t('{0} hunks', formatCount(count));
}

/** What stands beside a file's path, for example `+1 −2`. */
export function summaryOfFile({ change, basis, added, removed }: CodeFileDiff): string {
  if (change === 'binary') return l10n.t('binary, differs');
  if (change === 'unknown') return l10n.t('differs; its changes are too large or not recorded');
  const lines = linesInWords(change, `+${added} −${removed}`);
  return basis === 'files'
    ? lines
    : l10n.t('{0}, between the uncommitted changes: the commits are not at hand', lines);
}

function linesInWords(change: 'changed' | 'added' | 'removed', lines: string): string {
  if (change === 'changed') return lines;
  return change === 'added' ? l10n.t('added, {0}', lines) : l10n.t('removed, {0}', lines);
}

/** The state of the classes, for example `2 differ, 8 within noise`. */
export function summaryOfClasses(rows: readonly MetricRow[]): string {
  if (rows.length === 0) return NOT_RECORDED;
  const quiet = rows.filter(({ minor }) => minor).length;
  if (quiet === rows.length) return l10n.t('all {0} within noise', rows.length);
  return quiet === 0
    ? l10n.t('{0} differ', rows.length)
    : l10n.t('{0} differ, {1} within noise', rows.length - quiet, quiet);
}

/** The state of the samples, for example `212 changed: 131 worse, 81 better`, or why they cannot be joined. */
export function summaryOfSamples(diff: SamplesDiff): string {
  if (diff.joinedBy === null) return diff.reason;
  const { worse, better, other } = diff.counts;
  const joined = joinedInWords(diff);
  const changed = worse + better + other;
  if (changed === 0) return l10n.t('no answer changed of {0}', joined);
  const [all, bad, good] = [changed, worse, better].map(formatCount);
  return other === 0
    ? l10n.t('{0} changed: {1} worse, {2} better; of {3}', all, bad, good, joined)
    : l10n.t(
        '{0} changed: {1} worse, {2} better, {3} wrong in another way; of {4}',
        all,
        bad,
        good,
        formatCount(other),
        joined,
      );
}

/** How one sample's answer changed, in a word. */
export function changeInWords(change: SampleChange): string {
  return CHANGE_WORDS[change];
}

const CHANGE_WORDS: Readonly<Record<SampleChange, string>> = {
  worse: l10n.t('worse'),
  better: l10n.t('better'),
  other: l10n.t({ message: 'other', comment: ['wrong before and after, in different ways'], args: [] }),
};

function joinedInWords({ joined, joinedBy, unmatched }: SamplesDiff): string {
  const samples = joined === 1 ? l10n.t('1 test sample') : l10n.t('{0} test samples', formatCount(joined));
  const how =
    joinedBy === 'content' ? l10n.t('{0} joined by content, because the data sets differ', samples) : samples;
  return unmatched === 0 ? how : l10n.t('{0}; {1} have no counterpart', how, formatCount(unmatched));
}

/** Some column has no record at all. */
function hasGaps(rows: readonly DiffRow[]): boolean {
  return rows.every(hasGap);
}

function hasGap({ cells }: DiffRow): boolean {
  return cells.some(({ text }) => text === NOT_RECORDED);
}
