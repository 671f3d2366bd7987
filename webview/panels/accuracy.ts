/** Accuracy on validation data, now and at its best, one row for each way to measure it. */
import { isLive } from '../../src/domain/display/runLook';
import { TAG } from '../../src/domain/metrics/tags';
import { element, setText, showIf } from '../dom';
import { bestValue, lastValue } from '../../src/domain/series/column';
import type { PageModel } from '../state/model';
import type { Panel } from './panel';

const ROWS = [
  { tag: TAG.knnAccuracy, name: 'kNN, encoder' },
  { tag: TAG.classMeanAccuracy, name: 'nearest class mean' },
  { tag: TAG.probeAccuracy, name: 'linear probe' },
] as const;

const NOT_YET = 'The first figures come with the first evaluation.';
const NEVER = 'The run ended before its first evaluation.';

/** Creates the accuracy table. */
export function createAccuracyPanel(): Panel {
  const rows = ROWS.map(createRow);
  const head = element('tr', {}, ['validation, %', 'now', 'best'].map(headCell));
  const table = element('table', { class: 'figures-table' }, [
    element('thead', {}, [head]),
    element(
      'tbody',
      {},
      rows.map((row) => row.element),
    ),
  ]);
  const empty = element('p', { class: 'quiet' });
  const root = element('section', { class: 'panel', attributes: { 'aria-label': 'Accuracy' } }, [
    table,
    empty,
  ]);
  return {
    element: root,
    update: (model) => {
      showIf(root, model.run);
      const shown = rows.map((row) => row.update(model));
      setText(empty, model.run && isLive(model.run) ? NOT_YET : NEVER);
      showIf(empty, !shown.includes(true));
      showIf(table, shown.includes(true));
    },
  };
}

function createRow({ tag, name }: (typeof ROWS)[number]) {
  const now = element('td', { class: 'number' });
  const best = element('td', { class: 'number' });
  const row = element('tr', {}, [element('th', { text: name, attributes: { scope: 'row' } }), now, best]);
  return {
    element: row,
    /** True if the row has a value. */
    update: ({ series }: PageModel): boolean => {
      const value = lastValue(series.get(tag));
      showIf(row, value !== undefined);
      setText(now, percentage(value));
      setText(best, percentage(bestValue(series.get(tag))));
      return value !== undefined;
    },
  };
}

function percentage(share: number | undefined): string {
  return share === undefined || !Number.isFinite(share) ? '–' : (share * 100).toFixed(1);
}

function headCell(text: string): HTMLElement {
  return element('th', { text, attributes: { scope: 'col' } });
}
