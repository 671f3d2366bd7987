/** What the readers say of the sources: what was left out, how rows were drawn. */
import * as l10n from '@vscode/l10n';
import { element, icon, showIf } from '../../dom';
import type { Store } from '../state/store';

/** Creates the list; empty where there is nothing to say. */
export function createNotes(store: Store): HTMLElement {
  const root = element('ul', {
    class: 'notes',
    attributes: { 'aria-label': l10n.t('Notes on the sources') },
  });
  let shape = '';
  store.onChange(() => {
    const { left, right } = store.model.panes ?? {};
    const named = (right ? [left, right] : [left]).flatMap((pane) =>
      (pane?.source.notes ?? []).map((note) => (right ? `${pane?.source.name ?? ''}: ${note}` : note)),
    );
    showIf(root, named.length > 0);
    if (named.join('\n') === shape) return;
    shape = named.join('\n');
    root.replaceChildren(
      ...named.map((text) => element('li', {}, [icon('info'), element('span', { text })])),
    );
  });
  return root;
}
