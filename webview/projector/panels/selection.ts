/** What is selected: how many, what to do with it, and selections kept under a name. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import type { SavedSelection } from '../../../src/protocol/pages/projector';
import { LOOK } from '../../../src/domain/maps/view/points';
import { element, setText, showIf } from '../../dom';
import { emptySelection, invertSelection, selectedPlaces } from '../state/selection';
import type { Store } from '../state/store';
import { iconButton, textButton } from './controls';
import { createSampleList } from './sampleList';

/** Creates the panel. */
export function createSelection(store: Store): HTMLElement {
  const count = element('p', { attributes: { role: 'status' } });
  const clear = textButton(l10n.t('Clear'), null, () => {
    const { left, right } = store.view.selection;
    store.setSelection(emptySelection(left.length, right.length));
  });
  const invert = textButton(l10n.t('Invert'), null, () => invertShown(store));
  const list = createSampleList(store, l10n.t('Selected samples'));
  const saved = element('ul', {
    class: 'saved-list',
    attributes: { 'aria-label': l10n.t('Saved selections') },
  });
  const keep = createKeep(store);
  let drawn: readonly SavedSelection[] | undefined;
  store.onChange(() => {
    const { selection } = store.view;
    setText(count, selection.count === 0 ? NOTHING : selectedWords(selection.count));
    showIf(clear, selection.count > 0);
    showIf(keep, selection.count > 0);
    const places = selection.count === 0 ? [] : selectedPlaces(selection, store.model.partners);
    list.fill(
      places.slice(0, 100).map((place) => ({ place, figure: '' })),
      places.length,
    );
    if (drawn === store.model.selections) return;
    drawn = store.model.selections;
    saved.replaceChildren(...drawn.map((one) => savedLine(store, one)));
  });
  const actions = element('div', { class: 'actions' }, [clear, invert]);
  return element('div', {}, [count, actions, keep, saved, list.element]);
}

const NOTHING = l10n.t('Nothing is selected. Draw a lasso or a box on the map, or hold Shift and drag.');

function selectedWords(count: number): string {
  return count === 1 ? l10n.t('1 sample selected.') : l10n.t('{0} samples selected.', formatCount(count));
}

/** What the legend hides stays out. */
function invertShown(store: Store): void {
  const { legend, model, view } = store;
  const looks = {
    left: store.derived.looks(model, view, { pane: 'left', legend }),
    right: store.derived.looks(model, view, { pane: 'right', legend }),
  };
  const isShown = ({ pane, row }: { pane: 'left' | 'right'; row: number }) =>
    looks[pane][row] !== LOOK.hidden;
  store.setSelection(invertSelection(view.selection, isShown, model.partners));
}

function createKeep(store: Store): HTMLElement {
  const input = element('input', {
    class: 'text-field',
    attributes: {
      placeholder: l10n.t('Name'),
      'aria-label': l10n.t('Name of the selection'),
      maxlength: '200',
    },
  });
  const save = element('button', {
    class: 'text-button',
    text: l10n.t('Save'),
    attributes: { type: 'submit' },
  });
  const form = element('form', { class: 'field-row' }, [input, save]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const others = store.model.selections.filter(({ name }) => name !== nameOf(input.value, store));
    const kept = { name: nameOf(input.value, store), ids: store.selectedIds() };
    store.saveSelections([...others, kept]);
    input.value = '';
  });
  return form;
}

/** A name that was left empty is a number that is free. */
function nameOf(text: string, { model }: Store): string {
  const name = text.trim();
  if (name !== '') return name;
  const taken = new Set(model.selections.map((one) => one.name));
  let number = 1;
  while (taken.has(l10n.t('selection {0}', number))) number++;
  return l10n.t('selection {0}', number);
}

function savedLine(store: Store, { name, ids }: SavedSelection): HTMLElement {
  const choose = element('button', { class: 'saved-name', attributes: { type: 'button' } }, [
    element('span', { class: 'ellipsis', text: name }),
    element('span', { class: 'quiet number', text: formatCount(ids.length) }),
  ]);
  choose.title = l10n.t('Select {0}', name);
  choose.addEventListener('click', () => store.setSelection(store.selectionOfIds(ids)));
  const remove = iconButton(l10n.t('Delete the selection {0}', name), 'trash', () =>
    store.saveSelections(store.model.selections.filter((one) => one.name !== name)),
  );
  return element('li', { class: 'field-row' }, [choose, remove]);
}
