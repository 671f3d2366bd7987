/** A diff as Markdown that pastes into an issue, a pull request or a paper's notes. */
import { markdownTable } from 'markdown-table';
import type { RunDiff } from './runDiff';
import type { DiffTable, Shown } from './tables';
import { diffTables } from './tables';

/** The Markdown of a diff; it ends in a newline. */
export function diffMarkdown(diff: RunDiff, shown: Shown): string {
  return `${diffTables(diff, shown).map(sectionOf).join('\n\n')}\n`;
}

function sectionOf({ title, summary, head, rows, code, notes }: DiffTable): string {
  const parts = [
    `### ${escapeText(summary === '' ? title : `${title}: ${summary}`)}`,
    rows.length === 0 ? '' : markdownTable([head, ...rows].map((row) => row.map(escapeText))),
    fenced(code),
    ...notes.map(escapeText),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A fence that is longer than any in the code, so that nothing in it ends it. */
function fenced(code: readonly string[]): string {
  if (code.length === 0) return '';
  const longest = Math.max(
    0,
    ...code.flatMap((line) => line.match(/`+/g) ?? []).map((ticks) => ticks.length),
  );
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}diff`, ...code, fence].join('\n');
}

/** Names come from people and files: they are shown and never become markup. Bars would end cells. */
function escapeText(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}
