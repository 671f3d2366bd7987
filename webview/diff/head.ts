/** The head of the page: what it is, and what can be done with all of it. */
import * as l10n from '@vscode/l10n';
import { element, icon, showIf } from '../dom';
import type { PageMessage } from '../../src/protocol/pages/diff';
import { createButton } from '../toolkit';

export interface HeadOptions {
  readonly all: boolean;
  readonly post: (message: PageMessage) => void;
  readonly setAll: (all: boolean) => void;
}

export interface Head {
  readonly element: HTMLElement;
  /** Offers what only two runs have: maps of their embeddings. */
  offerMaps(isOffered: boolean): void;
}

/** Creates the head. */
export function createHead({ all: before, post, setAll }: HeadOptions): Head {
  let all = before;
  const toggle = element('button', { class: 'toggle', attributes: { type: 'button' } }, [
    icon('unfold'),
    element('span', { text: l10n.t('Show all') }),
  ]);
  const press = () => toggle.setAttribute('aria-pressed', String(all));
  toggle.addEventListener('click', () => {
    all = !all;
    press();
    setAll(all);
  });
  press();
  const copy = createButton(l10n.t('Copy as Markdown'), 'copy', 'secondary');
  copy.addEventListener('click', () => post({ type: 'copyMarkdown', all }));
  const refresh = createButton(l10n.t('Refresh'), 'refresh', 'secondary');
  refresh.addEventListener('click', () => post({ type: 'refresh' }));
  const maps = createButton(l10n.t('Compare embeddings'), 'graph-scatter', 'secondary');
  maps.title = l10n.t('Maps of the first two runs, with the samples selected whose answer changed');
  maps.addEventListener('click', () => post({ type: 'compareEmbeddings' }));
  showIf(maps, false);
  const actions = element('div', { class: 'actions' }, [toggle, maps, copy, refresh]);
  return {
    element: element('header', { class: 'diff-head' }, [
      element('h1', { text: l10n.t('Comparison') }),
      actions,
    ]),
    offerMaps: (isOffered) => showIf(maps, isOffered),
  };
}
