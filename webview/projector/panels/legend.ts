/** The legend: what colours mean, with counts. A click hides a group, pointing at one makes it stand out. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { element, setAttribute, setText, showIf } from '../../dom';
import { createPicker } from '../../picker';
import { onThemeChange } from '../../charts/theme';
import { cssColour, mapColours } from '../map/palette';
import type { Group, Legend } from '../state/legend';
import { colourableColumns, NO_COLOUR } from '../state/legend';
import { MISSING_GROUP } from '../state/looks';
import type { Store } from '../state/store';
import { groupWords, labelOfColumns, votedWords } from '../state/columnWords';
import { textButton } from './controls';

const MOST_ENTRIES = 200;

/** Creates the legend with the choice of what colours. */
export function createLegend(store: Store): HTMLElement {
  const by = createPicker(l10n.t('colour by'), (colourBy) => store.arrange({ colourBy }));
  const list = element('ul', { class: 'legend', attributes: { 'aria-label': l10n.t('Groups') } });
  const more = element('p', { class: 'quiet' });
  const all = textButton(l10n.t('Show all groups'), null, () => store.look({ hidden: new Set() }));
  const none = element('p', {
    class: 'quiet',
    text: l10n.t('Nothing is recorded of the samples that could colour them.'),
  });
  const voted = element('p', { class: 'quiet voted-words' });
  let drawn: Legend | undefined;
  const redraw = () => {
    const { legend } = store;
    drawn = legend;
    const groups = groupsOf(legend);
    list.replaceChildren(...groups.slice(0, MOST_ENTRIES).map((group) => entryOf(store, group)));
    setText(
      more,
      groups.length > MOST_ENTRIES ? l10n.t('and {0} more', formatCount(groups.length - MOST_ENTRIES)) : '',
    );
  };
  list.addEventListener('pointerleave', () => pointAt(store, null));
  onThemeChange(() => {
    redraw();
    mark(store, list);
  });
  store.onChange(() => {
    const columns = colourableColumns(store.columns);
    by.fill(
      columns.map((name) => [name, labelOfColumns(name, store.columns)] as const),
      store.layout.colourBy,
    );
    showIf(by.element, columns.length > 0);
    setText(voted, votedWords(store.legend.name, store.columns));
    showIf(voted, voted.textContent !== '');
    showIf(none, columns.length === 0);
    if (store.legend !== drawn) redraw();
    mark(store, list);
    showIf(all, store.view.hidden.size > 0);
  });
  return element('div', {}, [by.element, voted, none, list, more, all]);
}

/** The groups that have rows, and the rows without a value. */
function groupsOf({ groups, missing, kind }: Legend): Group[] {
  const present = groups.filter(({ counts }) => kind === 'number' || counts.left + counts.right > 0);
  if (missing === 0) return present;
  return [...present, { name: MISSING_GROUP, colour: NO_COLOUR, counts: { left: missing, right: 0 } }];
}

function entryOf(store: Store, { name, colour, counts }: Group): HTMLElement {
  const dot = element('span', { class: 'dot' });
  dot.style.background = cssColour(mapColours().palette[colour] ?? [128, 128, 128]);
  const words = groupWords(store.legend.name, name);
  const label = element('span', { class: 'ellipsis', text: words });
  label.title = words;
  const isPair = store.model.panes?.right != null && name !== MISSING_GROUP;
  const count = isPair
    ? `${formatCount(counts.left)} · ${formatCount(counts.right)}`
    : formatCount(counts.left + counts.right);
  const button = element('button', { attributes: { type: 'button', 'data-group': name } }, [
    dot,
    label,
    element('span', { class: 'number quiet', text: count }),
  ]);
  button.addEventListener('click', () => toggle(store, name));
  button.addEventListener('pointerenter', () => pointAt(store, name));
  button.addEventListener('focus', () => pointAt(store, button.matches(':focus-visible') ? name : null));
  button.addEventListener('blur', () => pointAt(store, null));
  return element('li', {}, [button]);
}

function mark(store: Store, list: HTMLElement): void {
  for (const button of list.querySelectorAll('button')) {
    const isShown = !store.view.hidden.has(button.dataset['group'] ?? '');
    setAttribute(button, 'aria-pressed', String(isShown));
  }
}

function toggle(store: Store, name: string): void {
  const hidden = new Set(store.view.hidden);
  if (!hidden.delete(name)) hidden.add(name);
  store.look({ hidden });
}

function pointAt(store: Store, pointedGroup: string | null): void {
  if (store.view.pointedGroup !== pointedGroup) store.look({ pointedGroup });
}
