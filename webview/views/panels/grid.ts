/** The samples of the drawing. Cards stay while the shape of the drawing does. */
import * as l10n from '@vscode/l10n';
import { element, setAttribute, showIf } from '../../dom';
import type { ViewsModel } from '../state/model';
import type { ViewsPanel } from './panel';
import type { SampleCard } from './sample';
import { createSampleCard } from './sample';

/** Creates the grid. */
export function createGrid(): ViewsPanel {
  const root = element('ul', {
    class: 'samples',
    attributes: { 'aria-label': l10n.t('Samples and their views') },
  });
  let cards: readonly SampleCard[] = [];
  let shape = '';
  let shown: ViewsModel['drawn'] = null;
  return {
    element: root,
    update: ({ phase, opened, drawn, asked }) => {
      showIf(root, phase === 'opened' && drawn !== null);
      setAttribute(root, 'aria-busy', asked === null ? null : 'true');
      if (drawn === null || opened === null || drawn === shown) return;
      shown = drawn;
      const views = drawn.rows[0]?.views.length ?? 0;
      const next = JSON.stringify([opened.height, opened.width, views, drawn.rows.length]);
      if (next !== shape) {
        shape = next;
        cards = drawn.rows.map(() => createSampleCard(opened, views));
        root.replaceChildren(...cards.map((card) => card.element));
      }
      drawn.rows.forEach((row, place) => cards[place]?.update(row));
    },
  };
}
