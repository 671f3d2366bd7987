/** What stands in place of the table while there is none: what is awaited, what is missing, and what to do. */
import * as l10n from '@vscode/l10n';
import { element, setText, showIf } from '../../dom';
import { createButton } from '../../toolkit';
import type { TablePageMessage } from '../../../src/protocol/pages/table';
import type { TableStore } from '../state/store';

/** Before this nobody needs to be told that it takes time; after the limit nobody believes it. */
const SAY_AFTER_MS = 300;
const GIVE_UP_AFTER_MS = 20_000;

/** The notice. */
export function createNotice(
  store: TableStore,
  post: (message: TablePageMessage) => void,
): { readonly element: HTMLElement; update(now: number): void } {
  const text = element('p');
  const start = createButton(l10n.t('Start SupCon Run'), 'play', 'primary');
  const trust = createButton(l10n.t('Manage workspace trust'), 'shield', 'primary');
  const clear = createButton(l10n.t('Clear search and filters'), 'close', 'secondary');
  start.addEventListener('click', () => post({ type: 'start' }));
  trust.addEventListener('click', () => post({ type: 'manageTrust' }));
  clear.addEventListener('click', () => {
    store.setSearch('');
    store.updateLayout((layout) => ({ ...layout, filters: [] }));
  });
  const root = element('div', { class: 'notice', attributes: { role: 'status' } }, [
    text,
    start,
    trust,
    clear,
  ]);
  const openedAt = Date.now();
  return {
    element: root,
    update: (now) => {
      const { sequence, trusted, rows } = store.state.model;
      const isEmpty = sequence !== null && trusted && rows.size === 0;
      const isFiltered = sequence !== null && rows.size > 0 && store.view.entries.length === 0;
      setText(text, sentenceOf({ sequence, trusted, isEmpty, waited: now - openedAt }));
      showIf(root, text.textContent !== '' || isFiltered);
      if (isFiltered) setText(text, l10n.t('No run passes the search and the filters.'));
      showIf(start, isEmpty);
      showIf(trust, !trusted);
      showIf(clear, isFiltered);
    },
  };
}

interface Situation {
  readonly sequence: number | null;
  readonly trusted: boolean;
  readonly isEmpty: boolean;
  readonly waited: number;
}

function sentenceOf({ sequence, trusted, isEmpty, waited }: Situation): string {
  if (!trusted) return l10n.t('This workspace is not trusted, so SupCon Lab reads no runs here.');
  if (isEmpty) return l10n.t('No runs yet. A run trains on this machine and stands here as a row.');
  if (sequence !== null || waited < SAY_AFTER_MS) return '';
  return waited < GIVE_UP_AFTER_MS
    ? l10n.t('Waiting for the extension to read the runs.')
    : l10n.t('The extension has not answered for 20 s. Close this tab and open the runs table again.');
}
