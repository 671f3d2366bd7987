/** The head of a column: label, sort order, and a handle to change the width. */
import * as l10n from '@vscode/l10n';
import type { ShownColumn } from '../../../src/domain/runsTable/arrange';
import { isNumeric } from '../../../src/domain/runsTable/columns';
import type { SortKey } from '../../../src/domain/runsTable/sort';
import type { CutText } from '../../cutText';
import { createCutText } from '../../cutText';
import { element, icon, setAttribute, setIcon, setText, showIf } from '../../dom';

/** A cell of the head. */
export interface HeadCell {
  readonly element: HTMLElement;
  readonly label: CutText;
  readonly arrow: HTMLElement;
  readonly rank: HTMLElement;
}

/** Creates an empty head. */
export function createHeadCell(): HeadCell {
  const label = createCutText();
  const text = element('span', { class: 'head-label' }, label.spans);
  const arrow = icon('arrow-up');
  const rank = element('span', { class: 'sort-rank' });
  const handle = element('span', { class: 'resize-handle', attributes: { 'aria-hidden': 'true' } });
  const attributes = { role: 'columnheader', tabindex: '-1' };
  const root = element('div', { class: 'cell head-cell', attributes }, [text, arrow, rank, handle]);
  return { element: root, label, arrow, rank };
}

/** Shows a column. */
export function bindHeadCell(
  cell: HeadCell,
  { column, pinned }: ShownColumn,
  sort: readonly SortKey[],
): void {
  const place = sort.findIndex((key) => key.column === column.id);
  const key = sort[place];
  const numeric = isNumeric(column.kind) ? ' number' : '';
  cell.element.className = `cell head-cell${pinned ? ' pinned' : ''}${numeric}`;
  cell.label.show(column.label);
  showIf(cell.arrow, key);
  setIcon(cell.arrow, key?.descending ? 'arrow-down' : 'arrow-up');
  showIf(cell.rank, key && sort.length > 1);
  setText(cell.rank, String(place + 1));
  setAttribute(cell.element, 'aria-sort', key ? (key.descending ? 'descending' : 'ascending') : 'none');
  setAttribute(
    cell.element,
    'aria-label',
    spokenHead(column.label, key && sort.length > 1 ? place : undefined),
  );
  setAttribute(cell.element, 'title', explainHead(column));
}

function spokenHead(label: string, place: number | undefined): string {
  return place === undefined ? label : l10n.t('{0}, sort key {1}', label, place + 1);
}

function explainHead({ label, better }: ShownColumn['column']): string {
  if (better === undefined) return label;
  return better === 'higher' ? l10n.t('{0}, higher is better', label) : l10n.t('{0}, lower is better', label);
}
