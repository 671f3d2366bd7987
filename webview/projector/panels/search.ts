/** Search of samples by id, label, text or pattern; what is found stands out on the map and can be selected. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { element, setAttribute, setText, showIf } from '../../dom';
import type { Store } from '../state/store';
import { textButton, toggleButton } from './controls';
import { createSampleList } from './sampleList';

/** Milliseconds after the last letter before the search runs. */
const WAIT_MS = 150;

/** Creates the search. */
export function createSearch(store: Store): HTMLElement {
  const input = element('input', {
    class: 'text-field',
    attributes: {
      type: 'search',
      placeholder: l10n.t('Id, label or text'),
      'aria-label': l10n.t('Search samples'),
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => store.look({ search: { ...store.view.search, text: input.value } }), WAIT_MS);
  });
  const pattern = toggleButton('.*', l10n.t('Search by a regular expression'), () =>
    store.look({ search: { text: input.value, isPattern: !store.view.search.isPattern } }),
  );
  pattern.setAttribute('aria-label', l10n.t('Regular expression'));
  const problem = element('p', { class: 'problem', attributes: { role: 'alert' } });
  const count = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const select = textButton(l10n.t('Select found'), 'list-selection', () => selectFound(store));
  const list = createSampleList(store, l10n.t('Samples found'));
  store.onChange(() => {
    const found = store.derived.found(store.model, store.view);
    const isSearching = store.view.search.text.trim() !== '';
    setAttribute(pattern, 'aria-pressed', String(store.view.search.isPattern));
    setText(problem, found.problem ?? '');
    const places = foundPlaces(store);
    setText(count, isSearching && found.problem === null ? foundWords(places.length) : '');
    showIf(select, places.length > 0);
    list.fill(
      places.slice(0, 100).map((place) => ({ place, figure: '' })),
      places.length,
    );
  });
  const row = element('div', { class: 'field-row' }, [input, pattern]);
  return element('div', { attributes: { role: 'search' } }, [row, problem, count, select, list.element]);
}

/** Samples found, each once: those of the right map only where the left one has them not. */
function foundPlaces(store: Store) {
  const { rows } = store.derived.found(store.model, store.view);
  const left = rows.left.map((row) => ({ pane: 'left' as const, row }));
  const right = rows.right.map((row) => ({ pane: 'right' as const, row }));
  return [...left, ...right.filter((place) => store.partnerOf(place) === null)];
}

function selectFound(store: Store): void {
  const { rows } = store.derived.found(store.model, store.view);
  store.select('left', rows.left, 'replace');
  store.select('right', rows.right, 'add');
}

function foundWords(count: number): string {
  if (count === 0) return l10n.t('No sample found.');
  return count === 1 ? l10n.t('1 sample found.') : l10n.t('{0} samples found.', formatCount(count));
}
