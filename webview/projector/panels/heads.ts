/** The names above the maps, each in its colour, with its epoch. The right epoch may be chosen by itself. */
import * as l10n from '@vscode/l10n';
import { DASHES, hueVariable } from '../../../src/domain/display/runColours';
import type { Pane } from '../../../src/domain/maps/request';
import { createSwatch } from '../../charts/swatch';
import { createCutText } from '../../cutText';
import { element, setAttribute, setText, showIf } from '../../dom';
import { createPicker } from '../../picker';
import { bestEpochOf, epochsOf, paneOf } from '../state/model';
import type { Store } from '../state/store';
import { isWeaklyAligned } from '../state/view';
import { WEAK_WORDS } from '../state/words';
import { iconButton, textButton } from './controls';

const WITH_LEFT = '';

/** Creates the heads of both panes. */
export function createHeads(store: Store): HTMLElement {
  const root = element('div', { class: 'pane-heads' }, [
    createHead(store, 'left'),
    createHead(store, 'right'),
    sourceButtons(store),
  ]);
  store.onChange(() => showIf(root, store.model.phase === 'opened'));
  return root;
}

/** What is compared with what. */
function sourceButtons(store: Store): HTMLElement {
  const command = (name: 'openOther' | 'addRun' | 'removeRight' | 'swap') => () =>
    store.post({ type: 'command', command: name });
  const add = textButton(l10n.t('Compare with…'), 'split-horizontal', command('addRun'));
  const swap = iconButton(l10n.t('Swap the two maps'), 'arrow-swap', command('swap'));
  const remove = iconButton(l10n.t('Show the left map alone'), 'close', command('removeRight'));
  const open = iconButton(l10n.t('Open other embeddings'), 'folder-opened', command('openOther'));
  store.onChange(() => {
    const isPair = store.model.panes?.right != null;
    showIf(add, !isPair);
    showIf(swap, isPair);
    showIf(remove, isPair);
  });
  return element('div', { class: 'actions source-buttons' }, [add, swap, remove, open, sideToggle(store)]);
}

function createHead(store: Store, pane: Pane): HTMLElement {
  const swatch = element('span');
  const name = createCutText();
  const title = element('h1', { class: 'pane-name' }, name.spans);
  const live = element('span', { class: 'badge', text: l10n.t('live') });
  const weak = element('span', { class: 'badge', text: l10n.t('weakly aligned') });
  weak.title = WEAK_WORDS;
  const epoch = element('span', { class: 'quiet' });
  const chooser = createPicker(l10n.t('epoch'), (value) =>
    store.look({ rightEpoch: value === WITH_LEFT ? null : Number(value) }),
  );
  const root = element('div', { class: 'pane-head', attributes: { 'data-pane': pane } }, [
    swatch,
    title,
    live,
    weak,
    epoch,
    chooser.element,
  ]);
  let look = '';
  store.onChange(() => {
    const source = paneOf(store.model, pane)?.source;
    showIf(root, source);
    if (!source) return;
    name.show(source.name);
    title.title = `${source.name}\n${source.place}`;
    const hue = hueVariable(source.look);
    if (look !== hue) swatch.replaceChildren(createSwatch(hue, DASHES[source.look.dash] ?? []));
    look = hue;
    showIf(live, source.isLive);
    showIf(weak, pane === 'right' && isWeaklyAligned(store.model, store.view));
    const epochs = epochsOf(paneOf(store.model, pane), store.model.map.table);
    const isChosen = pane === 'right' && epochs.length > 1;
    showIf(chooser.element, isChosen);
    setText(epoch, isChosen ? awaitedWords(store, pane) : epochWords(store, pane, epochs.length));
    const best = bestOf(store, pane);
    const own = epochs.map(
      (one) => [String(one), one === best ? l10n.t('{0}, the best', one) : String(one)] as const,
    );
    chooser.fill([[WITH_LEFT, l10n.t('as left')], ...own], String(store.view.rightEpoch ?? ''));
  });
  return root;
}

/** The epoch of the best validation accuracy, if it is known. */
function bestOf({ model }: Store, pane: Pane): number | undefined {
  return bestEpochOf(paneOf(model, pane), model.map.table);
}

/** What is drawn is another map than the one that is named, until that one comes. */
function awaitedWords({ model, epochs }: Store, pane: Pane): string {
  const epoch = epochs[pane] ?? 0;
  return paneOf(model, pane)?.maps.has(epoch) === true ? '' : l10n.t('awaits epoch {0}', epoch);
}

function epochWords(store: Store, pane: Pane, count: number): string {
  const awaited = awaitedWords(store, pane);
  if (awaited !== '' && count > 0) return awaited;
  if (count < 2) return '';
  const epoch = store.epochs[pane] ?? 0;
  return epoch === bestOf(store, pane) ? l10n.t('epoch {0}, the best', epoch) : l10n.t('epoch {0}', epoch);
}

function sideToggle(store: Store): HTMLElement {
  const button = iconButton(l10n.t('Colours, search and lists'), 'layout-sidebar-right', () =>
    store.arrange({ isSideOpen: !store.layout.isSideOpen }),
  );
  setAttribute(button, 'aria-controls', 'side');
  store.onChange(() => setAttribute(button, 'aria-expanded', String(store.layout.isSideOpen)));
  return button;
}
