/** What is always beside the maps: how many samples, how the map was made, and what it distorts. */
import * as l10n from '@vscode/l10n';
import { element, setText, showIf } from '../../dom';
import type { Pane } from '../../../src/domain/maps/request';
import { paneOf } from '../state/model';
import type { Store } from '../state/store';
import type { Fact } from '../state/words';
import { alignmentFacts, methodWords, qualityFacts, sampleWords } from '../state/words';
import { factList } from './facts';

/** Creates the strip; `rendererWords` says what draws. */
export function createStrip(store: Store, rendererWords: () => string): HTMLElement {
  const panes = [createPart(store, 'left'), createPart(store, 'right')];
  const renderer = element('p', { class: 'quiet renderer-words' });
  const root = element(
    'footer',
    { class: 'strip', attributes: { 'aria-label': l10n.t('What the maps distort') } },
    [...panes, renderer],
  );
  store.onChange(() => {
    showIf(root, store.model.phase === 'opened');
    setText(renderer, rendererWords());
  });
  return root;
}

function createPart(store: Store, pane: Pane): HTMLElement {
  const sample = element('p');
  const facts = element('div');
  const root = element('div', { class: 'strip-part' }, [sample, facts]);
  let shape = '';
  store.onChange(() => {
    const model = paneOf(store.model, pane);
    showIf(root, model);
    if (!model) return;
    const shown = placedRows(store, pane);
    const isPair = store.model.panes?.right != null;
    const words = `${sampleWords(shown, model.source.total)} · ${methodWords(store.model.shownMap)}`;
    setText(sample, isPair ? ofPane(pane, words) : words);
    const next = factsOf(store, pane);
    const isHere = model.maps.has(store.epochs[pane] ?? 0);
    const now = JSON.stringify([next, isHere]);
    if (now === shape) return;
    shape = now;
    facts.replaceChildren(next.length > 0 ? factList(next) : waitingWords(isHere));
  });
  return root;
}

function ofPane(pane: Pane, words: string): string {
  return pane === 'left' ? l10n.t('left: {0}', words) : l10n.t('right: {0}', words);
}

function waitingWords(isHere: boolean): HTMLElement {
  const text = isHere ? l10n.t('Its distortion is being measured.') : l10n.t('This map is not computed yet.');
  return element('p', { class: 'quiet', text });
}

function factsOf(store: Store, pane: Pane): Fact[] {
  const model = paneOf(store.model, pane);
  const epoch = store.epochs[pane] ?? 0;
  const quality = model?.quality.get(epoch);
  const table = model?.source.tables.find(({ name }) => name === store.model.shownMap.table);
  const alignment = model?.maps.get(epoch)?.alignment;
  return [
    ...(quality ? qualityFacts(quality, table?.dimensions ?? 0) : []),
    ...(alignment && !store.model.panes?.right ? alignmentFacts(alignment) : []),
  ];
}

const placed = new WeakMap<Float32Array, number>();

/** Rows with a place on the map that is shown. */
function placedRows(store: Store, pane: Pane): number {
  const model = paneOf(store.model, pane);
  const map = model?.maps.get(store.epochs[pane] ?? 0);
  if (!map) return Math.min(store.model.map.limit ?? Infinity, model?.source.ids.length ?? 0);
  const known = placed.get(map.positions);
  if (known !== undefined) return known;
  let count = 0;
  for (let at = 0; at < map.positions.length; at += map.dimensions)
    if (Number.isFinite(map.positions[at])) count++;
  placed.set(map.positions, count);
  return count;
}
