/** The buttons that write files. The page makes tables and pictures; the host asks where to, and writes. */
import * as l10n from '@vscode/l10n';
import { element, setText } from '../../dom';
import { mapColours } from '../map/palette';
import type { Stage } from '../map/stage';
import { vectorPicture } from '../map/vectorPicture';
import { idsOf } from '../state/derived';
import type { ExportPane, ExportSource } from '../state/exports';
import { exportCsv, exportJson } from '../state/exports';
import { paneOf } from '../state/model';
import type { Place } from '../state/partners';
import { emptySelection, invertSelection, selectedPlaces, selectedRows } from '../state/selection';
import type { Store } from '../state/store';
import { textButton } from './controls';
import { createGathering } from './gathering';

/** Creates the buttons. */
export function createExports(store: Store, stage: Stage): HTMLElement {
  const what = element('p', { class: 'quiet' });
  const neighbours = element('input', { attributes: { type: 'checkbox' } });
  const withNeighbours = element('label', { class: 'check' }, [
    neighbours,
    element('span', { text: l10n.t('With the neighbours of each sample') }),
  ]);
  const gathering = createGathering(store);
  const saveTable = (ending: 'csv' | 'json') => {
    // What is written is what was seen at the click, however long the neighbours take.
    const [places, panes, name] = [exportedPlaces(store), panesOf(store), nameOf(store)];
    const about = { request: store.model.shownMap };
    const write = (neighboursOf: ExportSource['neighboursOf']) => {
      const source = { ...panes, places, neighboursOf };
      const body = ending === 'csv' ? exportCsv(source) : exportJson(source, about);
      store.post({ type: 'save', name: `${name}.${ending}`, body });
    };
    if (neighbours.checked) gathering.start(places, write);
    else write(() => undefined);
  };
  store.onChange(() => {
    const { count } = store.view.selection;
    setText(what, count === 0 ? l10n.t('All samples:') : l10n.t('What is selected:'));
  });
  const tables = element('div', { class: 'actions' }, [
    textButton('CSV', null, () => saveTable('csv')),
    textButton('JSON', null, () => saveTable('json')),
    textButton(l10n.t('Projector files'), null, () => saveProjector(store)),
  ]);
  const pictures = element('div', { class: 'actions' }, [
    textButton('PNG', null, () => void savePng(store, stage)),
    textButton('SVG', null, () =>
      save(store, 'svg', vectorPicture(stage.scene, mapColours(), { names: namesOf(store) })),
    ),
  ]);
  return element('div', {}, [
    what,
    tables,
    withNeighbours,
    gathering.element,
    element('p', { class: 'quiet', text: l10n.t('The picture as it is seen:') }),
    pictures,
  ]);
}

function save(store: Store, ending: string, body: string | Uint8Array<ArrayBuffer>): void {
  store.post({ type: 'save', name: `${nameOf(store)}.${ending}`, body });
}

/** What is selected, or everything. */
function exportedPlaces({ view: { selection }, model: { partners } }: Store): readonly Place[] {
  const all = emptySelection(selection.left.length, selection.right.length);
  const chosen = selection.count > 0 ? selection : invertSelection(all, () => true, partners);
  return selectedPlaces(chosen, partners);
}

function panesOf(store: Store): Pick<ExportSource, 'panes' | 'partnerOf'> {
  const panes = (['left', 'right'] as const).flatMap((pane) => exportPane(store, pane));
  return { panes, partnerOf: (place) => store.partnerOf(place) };
}

function exportPane(store: Store, pane: 'left' | 'right'): ExportPane[] {
  const model = paneOf(store.model, pane);
  const epoch = store.epochs[pane];
  if (!model || epoch === null) return [];
  const map = model.maps.get(epoch);
  return [
    {
      pane,
      name: model.source.name,
      epoch,
      ids: idsOf(store.model, pane),
      columns: store.columns[pane] ?? [],
      positions: map?.positions ?? null,
      dimensions: map?.dimensions ?? store.model.shownMap.dimensions,
    },
  ];
}

function saveProjector(store: Store): void {
  const { table } = store.model.shownMap;
  const pane = 'left';
  const isAny = store.view.selection.count > 0;
  const rows = isAny ? selectedRows(store.view.selection, pane) : null;
  store.post({ type: 'saveProjector', pane, epoch: store.epochs.left, table, rows });
}

async function savePng(store: Store, stage: Stage): Promise<void> {
  const [first, ...above] = stage.picture();
  const pen = first?.getContext('2d');
  if (!first || !pen) return;
  for (const layer of above) pen.drawImage(layer, 0, 0);
  const blob = await new Promise<Blob | null>((done) => first.toBlob(done));
  if (!blob) return;
  save(store, 'png', new Uint8Array(await blob.arrayBuffer()));
}

function namesOf(store: Store) {
  const name = (pane: 'left' | 'right') => {
    const source = paneOf(store.model, pane)?.source;
    return source ? l10n.t('{0}, epoch {1}', source.name, store.epochs[pane] ?? 0) : '';
  };
  return { left: name('left'), right: name('right') };
}

const MOST_NAME = 150;

/** A name that every file system takes. */
function nameOf(store: Store): string {
  const name = paneOf(store.model, 'left')?.source.name ?? 'map';
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, MOST_NAME);
  return `${plain}-${store.model.shownMap.method}-epoch-${store.epochs.left}`;
}
