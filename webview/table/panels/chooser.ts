/** The chooser of columns: a search, and the columns by group with a box each. */
import * as l10n from '@vscode/l10n';
import type { ColumnGroup, TableColumn } from '../../../src/domain/runsTable/columns';
import { COLUMN_GROUPS, NAME_COLUMN } from '../../../src/domain/runsTable/columns';
import { toggleColumn } from '../../../src/domain/runsTable/layout';
import { element } from '../../dom';
import type { TableStore } from '../state/store';
import type { PopupPlace } from './popup';
import { openPopup } from './popup';

/** More boxes at a time than this help nobody. */
const MOST_BOXES = 300;

const GROUP_TITLES: Readonly<Record<ColumnGroup, string>> = {
  run: l10n.t('Run'),
  settings: l10n.t('Settings'),
  metrics: l10n.t('Metrics (final)'),
  tags: l10n.t('Tags'),
};

/** Opens the chooser. */
export function openChooser(store: TableStore, place: PopupPlace): void {
  const search = element('input', {
    class: 'text-input',
    attributes: {
      type: 'search',
      'aria-label': l10n.t('Search columns'),
      placeholder: l10n.t('Search columns'),
    },
  });
  const list = element('div', { class: 'chooser-list' });
  const draw = () => list.replaceChildren(...chooserNodes(store, search.value));
  search.addEventListener('input', draw);
  list.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const column = store.view.known.find(({ id }) => id === target.value);
    if (column) store.updateLayout((layout) => toggleColumn(layout, column));
  });
  draw();
  openPopup({ class: 'chooser', role: 'dialog', label: l10n.t('Columns'), place }, [search, list]);
  search.focus();
}

function chooserNodes(store: TableStore, search: string): Node[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = store.view.known.filter(
    ({ id, label }) => id !== NAME_COLUMN && words.every((word) => label.toLowerCase().includes(word)),
  );
  if (found.length === 0) return [element('p', { class: 'quiet', text: l10n.t('No column has this name.') })];
  const shown = new Set(store.state.layout.columns.map(({ id }) => id));
  const nodes = groupNodes(found.slice(0, MOST_BOXES), shown);
  const more = found.length - MOST_BOXES;
  if (more > 0)
    nodes.push(element('p', { class: 'quiet', text: l10n.t('And {0} more: search to find them.', more) }));
  return nodes;
}

function groupNodes(columns: readonly TableColumn[], shown: ReadonlySet<string>): Node[] {
  return COLUMN_GROUPS.flatMap((group) => {
    const members = columns.filter((column) => column.group === group);
    if (members.length === 0) return [];
    const title = element('legend', { text: GROUP_TITLES[group] });
    return [
      element('fieldset', {}, [title, ...members.map((column) => boxOf(column, shown.has(column.id)))]),
    ];
  });
}

function boxOf({ id, label }: TableColumn, isShown: boolean): HTMLElement {
  const box = element('input', { attributes: { type: 'checkbox', value: id } });
  box.checked = isShown;
  return element('label', { class: 'choice', attributes: { title: label } }, [
    box,
    element('span', { class: 'ellipsis', text: label }),
  ]);
}
