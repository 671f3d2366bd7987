/**
 * One cell: a text, perhaps with a glyph before it, which is a class and no element, so that a cell can stand for
 * any run and column. Only what differs is written.
 */
import * as l10n from '@vscode/l10n';
import { hueVariable, lookOfRun } from '../../../src/domain/display/runColours';
import { lookOf } from '../../../src/domain/display/runLook';
import { experimentName } from '../../../src/domain/run/seedGroup';
import type { Entry, ShownColumn } from '../../../src/domain/runsTable/arrange';
import { cellText, exactText, spreadText } from '../../../src/domain/runsTable/cellText';
import { isNumeric, NAME_COLUMN, STATE_COLUMN } from '../../../src/domain/runsTable/columns';
import { groupSetting, groupValue, isAveraged, spreadOf } from '../../../src/domain/runsTable/groups';
import type { RunRow } from '../../../src/domain/runsTable/row';
import type { CutText } from '../../cutText';
import { createCutText } from '../../cutText';
import { element, setAttribute, setText } from '../../dom';

/** A cell of the body. */
export interface Cell {
  readonly element: HTMLElement;
  /** Written again and again: a new node each time would be laid out as one. */
  readonly text: Text;
  /** Cut in the middle; only cells of the name column have it. */
  readonly name: CutText | undefined;
}

/** What a cell reads beside its entry and column. */
export interface CellContext {
  readonly best: ReadonlyMap<string, number>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Creates an empty cell. */
export function createCell(kind: 'name' | 'plain'): Cell {
  const name = kind === 'name' ? createCutText() : undefined;
  const attributes = { role: 'gridcell', tabindex: '-1' };
  const text = document.createTextNode('');
  return { element: element('div', { class: 'cell', attributes }, name?.spans ?? [text]), text, name };
}

/** Shows what an entry has in a column. */
export function bindCell(cell: Cell, entry: Entry, shown: ShownColumn, context: CellContext): void {
  const content = contentOf(entry, shown, context);
  const target = cell.element;
  if (cell.name) cell.name.show(content.text);
  else setText(cell.text, content.text);
  if (target.className !== content.look) target.className = content.look;
  setAttribute(target, 'aria-label', content.spoken ?? null);
  setAttribute(target, 'aria-expanded', content.expanded ?? null);
  if (content.hue) target.style.setProperty('--run-colour', content.hue);
  if (content.colour) target.style.setProperty('--glyph-colour', content.colour);
  // The tooltip is made when the pointer comes.
  setAttribute(target, 'title', null);
}

/** The tooltip of a cell: the exact value, or what a mean is made of. */
export function tooltipOf(entry: Entry, { column }: ShownColumn): string {
  if (entry.kind === 'run') return exactText(column.of(entry.row), column.kind);
  const shared = groupSetting(entry.group, column);
  if (shared !== undefined) return exactText(shared, column.kind);
  const spread = isAveraged(column) ? spreadOf(column, entry.group.rows) : undefined;
  if (!spread) return exactText(groupValue(entry.group, column), column.kind);
  const mean = exactText(spread.mean, column.kind);
  return spread.count < 2
    ? l10n.t('{0}, of one run', mean)
    : l10n.t(
        'mean {0}, sample standard deviation {1}, of {2} runs',
        mean,
        exactText(spread.deviation, column.kind),
        spread.count,
      );
}

interface Content {
  readonly text: string;
  /** The classes of the cell. */
  readonly look: string;
  /** For assistive technology, where the text does not say all. */
  readonly spoken?: string;
  readonly expanded?: 'true' | 'false';
  /** Of the glyph. */
  readonly colour?: string;
  /** Of the run, which its lines have in charts. */
  readonly hue?: string;
}

function contentOf(entry: Entry, shown: ShownColumn, context: CellContext): Content {
  const base = `cell${shown.pinned ? ' pinned' : ''}${isNumeric(shown.column.kind) ? ' number' : ''}`;
  if (entry.kind === 'group') return groupContent(entry, shown, base);
  if (shown.id === NAME_COLUMN) return nameContent(entry, base);
  const value = shown.column.of(entry.row);
  const text = cellText(value, shown.column.kind, context.now);
  if (shown.id === STATE_COLUMN) {
    const { icon, colour } = lookOf(entry.row.summary);
    const variable = `var(--vscode-${colour.replace('.', '-')})`;
    return { text, look: `${base} glyph codicon-${icon}`, spoken: text, colour: variable };
  }
  const isBest = value !== undefined && context.best.get(shown.id) === value;
  return isBest ? { text, look: `${base} best`, spoken: l10n.t('{0}, best', text) } : { text, look: base };
}

function nameContent({ row, isMember }: Extract<Entry, { kind: 'run' }>, base: string): Content {
  const { name, starred } = row.summary;
  const look = `${base} name${isMember ? ' member' : ''}${starred ? ' glyph codicon-star-full' : ''}`;
  const hue = hueOf(row);
  return starred
    ? { text: name, look, spoken: l10n.t('{0}, starred', name), colour: 'var(--vscode-charts-yellow)', hue }
    : { text: name, look, spoken: name, hue };
}

function groupContent(
  { group, isOpen }: Extract<Entry, { kind: 'group' }>,
  { id, column }: ShownColumn,
  base: string,
): Content {
  if (id === NAME_COLUMN) {
    const text = l10n.t('{0} seeds: {1}', group.rows.length, nameOf(group.rows));
    const look = `${base} name glyph codicon-chevron-${isOpen ? 'down' : 'right'}`;
    const hue = hueOf(group.rows[0]);
    return { text, look, spoken: text, expanded: isOpen ? 'true' : 'false', colour: 'inherit', hue };
  }
  const shared = groupSetting(group, column);
  const spread = shared === undefined && isAveraged(column) ? spreadOf(column, group.rows) : undefined;
  if (!spread) return { text: cellText(shared ?? groupValue(group, column), column.kind, 0), look: base };
  const text = spreadText(spread, column.kind);
  // A mean over fewer runs than the group has says so.
  return { text: spread.count < group.rows.length ? `${text} (n ${spread.count})` : text, look: base };
}

/** A seed group has the hue of its first run, as its band has in charts. */
function hueOf(row: RunRow | undefined): string {
  return row === undefined ? 'transparent' : `var(${hueVariable(lookOfRun(row.summary.folder))})`;
}

function nameOf([first]: readonly RunRow[]): string {
  return first ? experimentName(first.summary) : '';
}
