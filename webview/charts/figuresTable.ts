/** The table under a chart: the same figures as its lines, for reading and for screen readers. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/domain/display/format';
import type { LineFigures } from '../../src/domain/display/lineTable';
import { FIGURE_COLUMNS } from '../../src/domain/display/lineTable';
import type { Unit } from './units';
import { element } from '../dom';

/** A table that is filled anew when its chart changes. */
export interface FiguresTable {
  readonly element: HTMLElement;
  fill(rows: readonly LineFigures[], unit: Unit): void;
}

/** Creates the table; it scrolls by itself and so is a tab stop with a name. */
export function createFiguresTable(title: string): FiguresTable {
  const caption = element('caption');
  const body = element('tbody');
  const head = [l10n.t('run'), ...FIGURE_COLUMNS.map(({ words }) => words)].map((text) =>
    element('th', { text, attributes: { scope: 'col' } }),
  );
  const table = element('table', {}, [caption, element('thead', {}, [element('tr', {}, head)]), body]);
  const attributes = { tabindex: '0', role: 'region', 'aria-label': l10n.t('{0}, table', title) };
  const root = element('div', { class: 'chart-table', attributes }, [table]);
  return {
    element: root,
    fill: (rows, unit) => {
      const points = rows.reduce((sum, row) => sum + row.points, 0);
      caption.textContent = countText(rows.length, points);
      body.replaceChildren(...rows.map((row) => rowOf(row, unit)));
    },
  };
}

function countText(lines: number, points: number): string {
  return lines === 1
    ? l10n.t('1 line, {0} points', formatCount(points))
    : l10n.t('{0} lines, {1} points', formatCount(lines), formatCount(points));
}

function rowOf(row: LineFigures, unit: Unit): HTMLElement {
  const name = element('th', { text: row.name, attributes: { scope: 'row' } });
  name.title = row.name;
  const cells = FIGURE_COLUMNS.map(({ kind, of }) => {
    const value = of(row);
    const cell = element('td', {
      text: textOf(value, kind === 'value' ? (one) => unit.format(one) : formatCount),
    });
    if (!Number.isNaN(value)) cell.title = String(value);
    return cell;
  });
  return element('tr', {}, [name, ...cells]);
}

function textOf(value: number, format: (value: number) => string): string {
  return Number.isNaN(value) ? '–' : format(value);
}
