/** Accuracy on validation data, now and at its best, and the final figures on the test split beside what costs nothing. */
import * as l10n from '@vscode/l10n';
import { isLive } from '../../../src/domain/display/runLook';
import { TAG } from '../../../src/domain/metrics/tags';
import type { FigureSpec } from '../../charts/catalogue';
import { FINAL_FIGURES } from '../../charts/catalogue';
import { element, setText, showIf } from '../../dom';
import type { Column } from '../../../src/domain/series/column';
import { bestValue, lastValue } from '../../../src/domain/series/column';
import type { PageModel } from '../state/model';
import type { Panel } from './panel';

const ROWS = [
  { tag: TAG.knnAccuracy, name: l10n.t('kNN, encoder') },
  { tag: TAG.classMeanAccuracy, name: l10n.t('nearest class mean') },
  { tag: TAG.probeAccuracy, name: l10n.t('linear probe') },
] as const;

const NOT_YET = l10n.t('The first figures come with the first evaluation.');
const NEVER = l10n.t('The run ended before its first evaluation.');

/** Creates the accuracy tables. */
export function createAccuracyPanel(): Panel {
  const live = createTable([l10n.t('validation, %'), l10n.t('now'), l10n.t('best')], ROWS, (column) => [
    lastValue(column),
    bestValue(column),
  ]);
  const final = createTable([l10n.t('test, %'), l10n.t('final')], FINAL_FIGURES, (column) => [
    lastValue(column),
  ]);
  const empty = element('p', { class: 'quiet' });
  const root = element('section', { class: 'panel', attributes: { 'aria-label': l10n.t('Accuracy') } }, [
    live.element,
    final.element,
    empty,
  ]);
  return {
    element: root,
    update: (model) => {
      showIf(root, model.run);
      final.update(model);
      const isShown = live.update(model);
      setText(empty, model.run && isLive(model.run) ? NOT_YET : NEVER);
      showIf(empty, !isShown);
    },
  };
}

type Figures = (column: Column | undefined) => readonly (number | undefined)[];

/** A table that shows the rows whose series have a value, and itself if there is any; `update` says whether. */
function createTable(titles: readonly string[], specs: readonly FigureSpec[], figures: Figures) {
  const rows = specs.map((spec) => createRow(spec, titles.length - 1, figures));
  const table = element('table', { class: 'figures-table' }, [
    element('thead', {}, [element('tr', {}, titles.map(headCell))]),
    element(
      'tbody',
      {},
      rows.map((row) => row.element),
    ),
  ]);
  return {
    element: table,
    update: (model: PageModel): boolean => {
      const isShown = rows.map((row) => row.update(model)).includes(true);
      showIf(table, isShown);
      return isShown;
    },
  };
}

function createRow({ tag, name }: FigureSpec, width: number, figures: Figures) {
  const cells = Array.from({ length: width }, () => element('td', { class: 'number' }));
  const row = element('tr', {}, [element('th', { text: name, attributes: { scope: 'row' } }), ...cells]);
  return {
    element: row,
    /** True if the row has a value. */
    update: ({ series }: PageModel): boolean => {
      const values = figures(series.get(tag));
      const isShown = values[0] !== undefined;
      showIf(row, isShown);
      cells.forEach((cell, index) => setText(cell, percentage(values[index])));
      return isShown;
    },
  };
}

function percentage(share: number | undefined): string {
  return share === undefined || !Number.isFinite(share) ? '–' : (share * 100).toFixed(1);
}

function headCell(text: string): HTMLElement {
  return element('th', { text, attributes: { scope: 'col' } });
}
