/** The bar above the table: search, filter, columns, two switches, what is shown and selected, and what can be done. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { parseFilter } from '../../../src/domain/runsTable/filter';
import type { TableLayout } from '../../../src/domain/runsTable/layout';
import { element, icon, setAttribute, setText, showIf } from '../../dom';
import type { TableStore } from '../state/store';
import { openChooser } from './chooser';
import { openFilterForm, problemOf } from './filterForm';
import type { PopupPlace } from './popup';
import { placeBelow } from './popup';

/** What the bar asks for beyond the store. */
export interface ToolbarIntents {
  /** Shows what can be done with the selected runs, or with all shown ones. */
  showActions(place: PopupPlace): void;
}

/** The bar. */
export function createToolbar(
  store: TableStore,
  intents: ToolbarIntents,
): { readonly element: HTMLElement; readonly search: HTMLInputElement; update(): void } {
  const { input, hint } = createSearch(store);
  const filter = barButton(
    l10n.t({ message: 'Filter', comment: ['on the button that opens the form for a filter'], args: [] }),
    'filter',
    (button) => openFilterForm(store, placeBelow(button)),
  );
  const columns = barButton(l10n.t('Columns'), 'settings', (button) =>
    openChooser(store, placeBelow(button)),
  );
  const differing = switchButton(store, l10n.t('Only columns that differ'), 'diff', 'onlyDiffering');
  const grouped = switchButton(store, l10n.t('Group seeds'), 'group-by-ref-type', 'grouped');
  const again = barButton(l10n.t('Sort again'), 'refresh', () => store.sortAgain());
  const actions = barButton(l10n.t('Actions'), 'ellipsis', (button) =>
    intents.showActions(placeBelow(button)),
  );
  const count = element('span', { class: 'quiet count', attributes: { role: 'status' } });
  const root = element(
    'div',
    { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': l10n.t('Table') } },
    [input, filter, columns, differing.element, grouped.element, actions, again, count],
  );
  return {
    element: element('div', { class: 'bar' }, [root, hint]),
    search: input,
    update: () => {
      differing.update();
      grouped.update();
      showIf(again, store.view.isOutOfOrder);
      setText(count, countInWords(store));
    },
  };
}

/** For example `12 of 1,000 runs, 3 selected`. */
function countInWords(store: TableStore): string {
  const { view, state } = store;
  const [shown, all] = [view.rows.length, state.model.rows.size];
  const runs = shown === all ? allRuns(all) : someRuns(shown, all);
  const selected = store.selectedRows.length;
  return selected === 0 ? runs : l10n.t('{0}, {1} selected', runs, formatCount(selected));
}

function allRuns(all: number): string {
  return all === 1 ? l10n.t('1 run') : l10n.t('{0} runs', formatCount(all));
}

function someRuns(shown: number, all: number): string {
  return all === 1
    ? l10n.t('{0} of 1 run', formatCount(shown))
    : l10n.t('{0} of {1} runs', formatCount(shown), formatCount(all));
}

/** Words search; a line like `loss.temperature < 0.2` becomes a filter on Enter. */
function createSearch(store: TableStore) {
  const attributes = {
    type: 'search',
    'aria-label': l10n.t('Search runs'),
    placeholder: l10n.t('Search, or filter: loss.temperature < 0.2'),
    value: store.state.search,
  };
  const input = element('input', { class: 'text-input search', attributes });
  const hint = element('p', { class: 'problem', attributes: { role: 'alert' } });
  input.addEventListener('input', () => {
    setText(hint, '');
    // A filter that is being written would find nothing as a search.
    if (!parseFilter(input.value, store.view.known)) store.setSearch(input.value);
  });
  input.addEventListener('keydown', ({ key }) => {
    const filter = key === 'Enter' ? parseFilter(input.value, store.view.known) : undefined;
    const column = store.view.known.find(({ id }) => id === filter?.column);
    if (!filter || !column) return;
    const problem = problemOf(filter, column);
    setText(hint, problem ?? '');
    if (problem !== undefined) return;
    input.value = '';
    store.setSearch('');
    store.filter(filter);
  });
  return { input, hint };
}

function barButton(label: string, iconName: string, onClick: (button: HTMLElement) => void): HTMLElement {
  const attributes = { type: 'button', title: label };
  const button = element('button', { class: 'bar-button', attributes }, [
    icon(iconName),
    element('span', { text: label }),
  ]);
  button.addEventListener('click', () => onClick(button));
  return button;
}

function switchButton(
  store: TableStore,
  label: string,
  iconName: string,
  key: keyof Pick<TableLayout, 'onlyDiffering' | 'grouped'>,
) {
  const button = barButton(label, iconName, () =>
    store.updateLayout((layout) => ({ ...layout, [key]: !layout[key] })),
  );
  return {
    element: button,
    update: () => setAttribute(button, 'aria-pressed', String(store.state.layout[key])),
  };
}
