/** Final figures on the test split: one row a figure, one column a run, because one value makes no curve. */
import * as l10n from '@vscode/l10n';
import { formatPercent } from '../../../src/domain/display/format';
import { DASHES, hueVariable } from '../../../src/domain/display/runColours';
import { shortNames } from '../../../src/domain/display/shortNames';
import { FINAL_FIGURES } from '../../charts/catalogue';
import { createSwatch } from '../../charts/swatch';
import { element } from '../../dom';
import type { RunEntry } from '../state/model';
import type { Store } from '../state/store';
import type { ExtraSection } from './sections';

/** Creates the section. */
export function createFinalFigures(store: Store): ExtraSection {
  const holder = element('div', {
    class: 'table-holder',
    attributes: { tabindex: '0', role: 'region', 'aria-label': l10n.t('Final figures, table') },
  });
  let drawn = '';
  return {
    key: 'Final figures, test split',
    title: l10n.t('Final figures, test split'),
    element: holder,
    update: () => {
      const hidden = new Set(store.layout.hidden);
      const runs = store.model.runs.filter((run) => !hidden.has(run.folder) && hasFigures(run));
      const shape = JSON.stringify(runs.map((run) => [run.folder, run.summary.name, ...figuresOf(run)]));
      if (shape !== drawn) holder.replaceChildren(createTable(runs));
      drawn = shape;
      return runs.length > 0;
    },
  };
}

function createTable(runs: readonly RunEntry[]): HTMLElement {
  const names = shortNames(runs.map(({ summary }) => summary.name));
  const heads = runs.map(({ look, summary }, i) => {
    const head = element('th', { attributes: { scope: 'col' } }, [
      createSwatch(hueVariable(look), DASHES[look.dash] ?? []),
      document.createTextNode(` ${names[i] ?? ''}`),
    ]);
    head.title = summary.name;
    return head;
  });
  const rows = FINAL_FIGURES.filter(({ tag }) => runs.some(({ tags }) => tags.has(tag))).map(
    ({ tag, name }) =>
      element('tr', {}, [
        element('th', { text: name, attributes: { scope: 'row' } }),
        ...runs.map(({ tags }) => element('td', { text: shareOf(tags.get(tag)?.last) })),
      ]),
  );
  const corner = element('th', { text: l10n.t('figure'), attributes: { scope: 'col' } });
  return element('table', { class: 'data-table' }, [
    element('thead', {}, [element('tr', {}, [corner, ...heads])]),
    element('tbody', {}, rows),
  ]);
}

function figuresOf({ tags }: RunEntry): (number | undefined)[] {
  return FINAL_FIGURES.map(({ tag }) => tags.get(tag)?.last);
}

function hasFigures(run: RunEntry): boolean {
  return figuresOf(run).some((value) => value !== undefined);
}

function shareOf(value: number | undefined): string {
  return value === undefined ? '–' : formatPercent(value);
}
