/** The filters as chips, each with a button that takes it away, and one that clears all. */
import * as l10n from '@vscode/l10n';
import { filterInWords } from '../../../src/domain/runsTable/filter';
import { removeFilter } from '../../../src/domain/runsTable/layout';
import { element, icon, showIf } from '../../dom';
import type { TableStore } from '../state/store';

/** The row of chips. */
export function createChips(store: TableStore): { readonly element: HTMLElement; update(): void } {
  const root = element('div', {
    class: 'chips',
    attributes: { role: 'group', 'aria-label': l10n.t('Filters') },
  });
  let drawn = '';
  return {
    element: root,
    update: () => {
      const { filters } = store.state.layout;
      const labels = filters.map((filter) => {
        const column = store.view.known.find(({ id }) => id === filter.column);
        return filterInWords(filter, column?.label ?? filter.column, column?.kind);
      });
      showIf(root, labels.length > 0);
      // A chip that has the focus is not drawn anew for nothing.
      if (drawn === labels.join('\n')) return;
      drawn = labels.join('\n');
      root.replaceChildren(...labels.map((label, place) => chip(label, () => remove(store, place))));
      if (labels.length > 1) root.append(clearButton(store));
    },
  };
}

function remove(store: TableStore, place: number): void {
  store.updateLayout((layout) => removeFilter(layout, place));
}

function chip(label: string, onRemove: () => void): HTMLElement {
  const attributes = {
    type: 'button',
    'aria-label': l10n.t('Remove filter {0}', label),
    title: l10n.t('Remove filter'),
  };
  const button = element('button', { class: 'icon-button', attributes }, [icon('close')]);
  button.addEventListener('click', onRemove);
  return element('span', { class: 'chip' }, [element('span', { text: label }), button]);
}

function clearButton(store: TableStore): HTMLElement {
  const button = element('button', {
    class: 'link-button',
    text: l10n.t('Clear filters'),
    attributes: { type: 'button' },
  });
  button.addEventListener('click', () => store.updateLayout((layout) => ({ ...layout, filters: [] })));
  return button;
}
