/** The table of a chart's numbers: the newest rows first, evenly thinned, and honest about it. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/domain/display/format';
import { element, setText } from '../dom';
import type { Aligned } from './align';
import { cellsAt, columnNames } from './readout';
import type { ChartSpec } from './spec';

/** The table of one chart. */
export interface ChartTable {
  update(aligned: Aligned): void;
}

const ROWS_SHOWN = 50;

/** Builds the table inside the holder. */
export function createChartTable(spec: ChartSpec, holder: HTMLElement): ChartTable {
  const caption = element('caption');
  const head = element('tr', {}, columnNames(spec).map(headCell));
  const body = element('tbody');
  const table = element('table', {}, [caption, element('thead', {}, [head]), body]);
  setScrollable(holder, spec.title);
  holder.append(table);
  return {
    update: (aligned) => {
      const rows = rowsShown(aligned.x.length);
      setText(caption, captionText(rows.length, aligned.x.length));
      body.replaceChildren(...rows.map((index) => rowAt(spec, aligned, index)));
    },
  };
}

/** Indices of at most 50 rows, newest first, the last row always among them. */
export function rowsShown(length: number): number[] {
  const stride = Math.max(1, Math.ceil(length / ROWS_SHOWN));
  const rows: number[] = [];
  for (let index = length - 1; index >= 0; index -= stride) rows.push(index);
  return rows;
}

function captionText(shown: number, all: number): string {
  if (all === 1) return l10n.t('1 step');
  if (shown === all) return l10n.t('{0} steps', formatCount(all));
  return l10n.t('{0} of {1} steps, evenly thinned', formatCount(shown), formatCount(all));
}

function headCell(name: string): HTMLElement {
  return element('th', { text: name, attributes: { scope: 'col' } });
}

function rowAt(spec: ChartSpec, aligned: Aligned, index: number): HTMLElement {
  return element(
    'tr',
    {},
    cellsAt(spec, aligned, index).map((text) => element('td', { text })),
  );
}

/** A region that scrolls must be reachable by keyboard and have a name. */
function setScrollable(holder: HTMLElement, title: string): void {
  holder.tabIndex = 0;
  holder.setAttribute('role', 'region');
  holder.setAttribute('aria-label', l10n.t('{0}, table', title));
}
