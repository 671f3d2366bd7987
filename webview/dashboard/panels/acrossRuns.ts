/** The section that compares runs as wholes. It needs two runs that differ in something. */
import * as l10n from '@vscode/l10n';
import { element } from '../../dom';
import { quantitiesOf } from '../state/axes';
import type { Store } from '../state/store';
import { createParallel } from './parallel';
import { createScatter } from './scatter';
import type { ExtraSection } from './sections';

/** Creates the section. */
export function createAcrossRuns(store: Store): ExtraSection {
  const charts = [createParallel(), createScatter()];
  const root = element(
    'div',
    { class: 'special-grid' },
    charts.map((chart) => chart.element),
  );
  let shape = '';
  return {
    key: 'Across runs',
    title: l10n.t('Across runs'),
    element: root,
    update: () => {
      const hidden = new Set(store.layout.hidden);
      const runs = store.model.runs.filter(({ folder }) => !hidden.has(folder));
      const quantities = quantitiesOf(runs);
      if (runs.length < 2 || quantities.length < 2) return false;
      const next = JSON.stringify([
        quantities.map(({ key }) => key),
        runs.map((run) => quantities.map(({ of }) => of(run))),
      ]);
      if (next !== shape) for (const chart of charts) chart.update(runs, quantities);
      shape = next;
      return true;
    },
  };
}
