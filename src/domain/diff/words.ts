/** What is said above and between the rows of a diff: counts, and sentences where there is nothing to show. */
import { formatCount } from '../display/format';
import { NOT_RECORDED } from './rows';
import type { CodeDiff, CodeFileDiff, DiffRow, DiffSection, MetricRow, SamplesDiff } from './runDiff';

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The state of a section of rows, for example `differs in 2 of 41`, `equal (31)`. */
export function summaryOfRows({ rows }: Pick<DiffSection, 'rows'>): string {
  const differing = rows.filter(({ differs }) => differs).length;
  if (rows.length === 0) return NOT_RECORDED;
  if (differing === 0) return hasGaps(rows) ? `nothing to compare it with` : `equal (${rows.length})`;
  return `differs in ${differing} of ${rows.length}`;
}

/** The state of the code against the baseline, for example `1 file, 1 hunk`. */
export function summaryOfCode({ files }: Pick<CodeDiff, 'files'>): string {
  if (files.length === 0) return 'equal';
  const hunks = files.reduce((sum, file) => sum + file.hunks.length, 0);
  return `${counted(files.length, 'file')}, ${counted(hunks, 'hunk')}`;
}

/** What stands beside a file's path, for example `+1 −2`. */
export function summaryOfFile({ change, basis, added, removed }: CodeFileDiff): string {
  if (change === 'binary') return 'binary, differs';
  if (change === 'unknown') return 'differs; its changes are too large or not recorded';
  const lines = `+${added} −${removed}`;
  const kind = change === 'changed' ? '' : `${change}, `;
  return basis === 'files'
    ? kind + lines
    : `${kind}${lines}, between the uncommitted changes: the commits are not at hand`;
}

/** The state of the classes, for example `2 differ, 8 within noise`. */
export function summaryOfClasses(rows: readonly MetricRow[]): string {
  if (rows.length === 0) return NOT_RECORDED;
  const quiet = rows.filter(({ minor }) => minor).length;
  if (quiet === rows.length) return `all ${rows.length} within noise`;
  return quiet === 0 ? `${rows.length} differ` : `${rows.length - quiet} differ, ${quiet} within noise`;
}

/** The state of the samples, for example `212 changed: 131 worse, 81 better`, or why they cannot be joined. */
export function summaryOfSamples({ reason, counts, joined, joinedBy, unmatched }: SamplesDiff): string {
  if (joinedBy === null) return reason;
  const { worse, better, other } = counts;
  const changed = worse + better + other;
  const how = joinedBy === 'content' ? ' joined by content, because the data sets differ' : '';
  const left = unmatched === 0 ? '' : `; ${formatCount(unmatched)} have no counterpart`;
  const of = `of ${counted(joined, 'test sample')}${how}${left}`;
  if (changed === 0) return `no answer changed ${of}`;
  const others = other === 0 ? '' : `, ${formatCount(other)} wrong in another way`;
  return `${formatCount(changed)} changed: ${formatCount(worse)} worse, ${formatCount(better)} better${others}; ${of}`;
}

/** Some column has no record at all. */
function hasGaps(rows: readonly DiffRow[]): boolean {
  return rows.every(({ cells }) => cells.some(({ text }) => text === NOT_RECORDED));
}
