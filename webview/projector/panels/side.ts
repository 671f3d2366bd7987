/** The side: colours, search, selection, neighbours, classes, and what changed between two maps. */
import * as l10n from '@vscode/l10n';
import { element, showIf } from '../../dom';
import type { Store } from '../state/store';
import { createClassTable } from './classTable';
import { section } from './controls';
import { createLegend } from './legend';
import { createNeighbours } from './neighbours';
import { createNotes } from './notes';
import { createPair } from './pair';
import { createSearch } from './search';
import { createSelection } from './selection';

/** Creates the side; `exports` are the buttons that write files. */
export function createSide(store: Store, exports: HTMLElement): HTMLElement {
  const pair = section(l10n.t('Change'), [createPair(store)]);
  const root = element(
    'aside',
    { class: 'side', attributes: { id: 'side', 'aria-label': l10n.t('Colours and lists') } },
    [
      section(l10n.t('Colour'), [createLegend(store)]),
      pair,
      section(l10n.t('Search'), [createSearch(store)]),
      section(l10n.t('Selection'), [createSelection(store)]),
      section(l10n.t('Neighbours'), [createNeighbours(store)]),
      section(l10n.t('Classes'), [createClassTable(store, 'left'), createClassTable(store, 'right')], false),
      section(l10n.t('Export'), [exports], false),
      createNotes(store),
    ],
  );
  store.onChange(() => {
    showIf(root, store.model.phase === 'opened' && store.layout.isSideOpen);
    showIf(pair, store.model.panes?.right);
  });
  return root;
}
