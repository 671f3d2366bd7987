/** The table under a chart: the same figures as its lines, for reading and for screen readers. */
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
  const head = ['run', ...FIGURE_COLUMNS.map((column) => column.title)].map((text) =>
    element('th', { text, attributes: { scope: 'col' } }),
  );
  const table = element('table', {}, [caption, element('thead', {}, [element('tr', {}, head)]), body]);
  const attributes = { tabindex: '0', role: 'region', 'aria-label': `${title}, table` };
  const root = element('div', { class: 'chart-table', attributes }, [table]);
  return {
    element: root,
    fill: (rows, unit) => {
      const points = rows.reduce((sum, row) => sum + row.points, 0);
      caption.textContent = `${formatCount(rows.length)} ${rows.length === 1 ? 'line' : 'lines'}, ${formatCount(points)} points`;
      body.replaceChildren(...rows.map((row) => rowOf(row, unit)));
    },
  };
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
