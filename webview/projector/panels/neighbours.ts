/** The nearest others of the pinned sample, by the vectors themselves and not by the map, in each run. */
import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../../src/domain/display/format';
import type { Metric } from '../../../src/domain/maps/request';
import { METRICS } from '../../../src/domain/maps/request';
import { MOST_NEIGHBOURS } from '../../../src/protocol/pages/projector';
import { element, setText, showIf } from '../../dom';
import { createPicker } from '../../picker';
import { idsOf } from '../state/derived';
import { paneOf } from '../state/model';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';
import { METRIC_WORDS } from '../state/words';
import { numberField, textButton } from './controls';
import { createSampleList } from './sampleList';

/** Creates the panel. */
export function createNeighbours(store: Store): HTMLElement {
  const of = element('p', { attributes: { role: 'status' } });
  const k = numberField('k', { least: 1, most: MOST_NEIGHBOURS }, (value) =>
    store.look({ neighbours: { ...store.view.neighbours, k: value } }),
  );
  const metric = createPicker(l10n.t('by'), (value) => {
    const chosen = METRICS.find((one) => one === value);
    if (chosen) store.look({ neighbours: { ...store.view.neighbours, metric: chosen } });
  });
  const select = textButton(l10n.t('Select with neighbours'), 'list-selection', () => selectThem(store));
  const [own, other] = [
    createPart(store, l10n.t('Neighbours')),
    createPart(store, l10n.t('Neighbours in the other map')),
  ];
  store.onChange(() => {
    const { pinned, neighbours } = store.view;
    setText(of, pinned ? l10n.t('Of {0}', idsOf(store.model, pinned.pane)[pinned.row] ?? '') : NOTHING);
    k.show(neighbours.k);
    metric.fill(
      METRICS.map((one) => [one, METRIC_WORDS[one]] as const),
      neighbours.metric,
    );
    showIf(select, pinned);
    own.show(pinned);
    other.show(pinned && store.partnerOf(pinned));
  });
  const fields = element('div', { class: 'field-row' }, [k.element, metric.element]);
  return element('div', {}, [of, fields, select, own.element, other.element]);
}

const NOTHING = l10n.t('Click a sample to see its neighbours in full dimension.');

/** How a value of a metric is shown. */
export function nearnessWords(value: number, metric: Metric): string {
  return metric === 'cosine' ? value.toFixed(3) : formatNumber(value);
}

function createPart(store: Store, name: string) {
  const title = element('h3', { class: 'quiet' });
  const list = createSampleList(store, name);
  const root = element('div', {}, [title, list.element]);
  return {
    element: root,
    show: (place: Place | null) => {
      showIf(root, place);
      if (!place) return;
      const neighbours = store.neighboursOf(place);
      const { metric } = store.view.neighbours;
      const source = paneOf(store.model, place.pane)?.source.name ?? '';
      setText(title, titleWords(source, metric, neighbours !== undefined));
      const lines = [...(neighbours?.rows ?? [])].map((row, i) => ({
        place: { pane: place.pane, row },
        figure: nearnessWords(neighbours?.values[i] ?? NaN, metric),
      }));
      list.fill(lines);
    },
  };
}

/** Whose neighbours by what, and whether they are there. */
function titleWords(source: string, metric: Metric, areHere: boolean): string {
  if (metric === 'cosine')
    return areHere
      ? l10n.t('{0}: cosine similarity', source)
      : l10n.t('{0}: cosine similarity, being computed', source);
  return areHere
    ? l10n.t('{0}: Euclidean distance', source)
    : l10n.t('{0}: Euclidean distance, being computed', source);
}

function selectThem(store: Store): void {
  const { pinned } = store.view;
  if (!pinned) return;
  const rows = store.neighboursOf(pinned)?.rows ?? [];
  store.select(pinned.pane, [pinned.row, ...rows], 'replace');
}
