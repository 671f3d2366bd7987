/** The side: colours, search, selection, neighbours, classes, and what changed between two maps. */
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
  const pair = section('Change', [createPair(store)]);
  const root = element(
    'aside',
    { class: 'side', attributes: { id: 'side', 'aria-label': 'Colours and lists' } },
    [
      section('Colour', [createLegend(store)]),
      pair,
      section('Search', [createSearch(store)]),
      section('Selection', [createSelection(store)]),
      section('Neighbours', [createNeighbours(store)]),
      section('Classes', [createClassTable(store, 'left'), createClassTable(store, 'right')], false),
      section('Export', [exports], false),
      createNotes(store),
    ],
  );
  store.onChange(() => {
    showIf(root, store.model.phase === 'opened' && store.layout.isSideOpen);
    showIf(pair, store.model.panes?.right);
  });
  return root;
}
