/** The section of the code: commits, and the files that differ, each as it stands and in the editor's own diff. */
import * as l10n from '@vscode/l10n';
import { letterOf } from '../../src/domain/diff/columns';
import type { CodeDiff, CodeFileDiff, CodeHunk } from '../../src/domain/diff/runDiff';
import { NOT_RECORDED } from '../../src/domain/diff/rows';
import { summaryOfCode, summaryOfFile } from '../../src/domain/diff/words';
import { element, icon } from '../dom';
import type { DiffContext } from './context';
import { rowTable } from './rows';
import { createSection } from './section';

/** More lines than these are read in the editor. */
const MOST_LINES = 400;

/** The section. */
export function codeSection(context: DiffContext): HTMLElement {
  const { rows, diffs, problems } = context.diff.code;
  const commits = rows.filter(({ differs }) => context.all || differs);
  const summary =
    rows.length === 0 ? NOT_RECORDED : diffs.length === 1 ? diffs.map(summaryOfCode).join() : '';
  return createSection({ title: l10n.t('Code'), summary, problems }, [
    ...(commits.length === 0 ? [] : [rowTable('code', commits, context)]),
    ...diffs.flatMap((diff) => filesOf(diff, context)),
  ]);
}

function filesOf(diff: CodeDiff, context: DiffContext): HTMLElement[] {
  const hasSeveral = context.diff.columns.length > 2;
  if (diff.files.length === 0 && !hasSeveral) return [];
  const name = `${letterOf(diff.column)}: ${summaryOfCode(diff)}`;
  const heading = hasSeveral ? [element('h3', { class: 'quiet', text: name })] : [];
  return [...heading, ...diff.files.map((file) => fileOf(file, diff.column, context))];
}

function fileOf(file: CodeFileDiff, column: number, { post }: DiffContext): HTMLElement {
  const open = element(
    'button',
    { class: 'link', attributes: { type: 'button', 'aria-label': l10n.t('Open diff of {0}', file.path) } },
    [icon('diff'), element('span', { text: l10n.t('Open diff') })],
  );
  open.addEventListener('click', () => post({ type: 'openCode', column, path: file.path }));
  const counts = element('span', { class: 'quiet', text: summaryOfFile(file) });
  const path = element('span', { class: 'path', text: file.path });
  const canOpen = file.change !== 'binary' && file.change !== 'unknown';
  const line = element('div', { class: 'file-line' }, [path, counts, ...(canOpen ? [open] : [])]);
  return element('div', { class: 'file' }, [line, ...hunksOf(file)]);
}

function hunksOf({ hunks, path }: CodeFileDiff): HTMLElement[] {
  let room = MOST_LINES;
  const shown = hunks.filter(({ lines }) => (room -= lines.length) > -lines.length);
  const left = hunks.length - shown.length;
  return [
    ...shown.map((hunk) => hunkOf(hunk, path)),
    ...(left === 0
      ? []
      : [element('p', { class: 'quiet', text: l10n.t("{0} more in the editor's diff", left) })]),
  ];
}

function hunkOf({ baselineStart, ownStart, lines }: CodeHunk, path: string): HTMLElement {
  const spans = lines
    .slice(0, MOST_LINES)
    .map((line) => element('span', { class: `line ${kindOf(line)}`, text: `${line}\n` }));
  const range = element('span', { class: 'line quiet', text: `@@ -${baselineStart} +${ownStart} @@\n` });
  const attributes = {
    tabindex: '0',
    role: 'region',
    'aria-label': l10n.t('Changes in {0} at line {1}', path, ownStart),
  };
  return element('pre', { class: 'hunk', attributes }, [range, ...spans]);
}

function kindOf(line: string): 'added' | 'removed' | 'context' {
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'context';
}
