/**
 * Wires the projector: messages of the host and wishes of the reader change the store, panels and maps follow it, and
 * what the host has to be asked follows from it too.
 */
import '../localise';
import * as l10n from '@vscode/l10n';
import type {
  ProjectorHostMessage,
  ProjectorPageMessage,
  ProjectorTab,
} from '../../src/protocol/pages/projector';
import { parseProjectorHostMessage, parseProjectorTab } from '../../src/protocol/pages/projector';
import { element } from '../dom';
import { connectToHost } from '../vscodeApi';
import { KEY_WORDS } from './map/keyboard';
import { followPlayback } from './map/player';
import { createStage } from './map/stage';
import { createAxes } from './panels/axes';
import { createBar } from './panels/bar';
import { createCard } from './panels/card';
import { createExports } from './panels/exports';
import { createHeads } from './panels/heads';
import { createPlaybar } from './panels/playbar';
import { createSide } from './panels/side';
import { createStatus } from './panels/status';
import { createStrip } from './panels/strip';
import { fillThumbnails, forgetRemoved } from './panels/thumbnail';
import { createTools } from './panels/tools';
import { Store } from './state/store';

function main(): void {
  const host = connectToHost<ProjectorHostMessage, ProjectorPageMessage, ProjectorTab>(
    parseProjectorHostMessage,
  );
  const root = document.getElementById('page');
  if (!root) throw new Error('the page has no #page element');
  const store = new Store((message) => host.post(message), {
    tab: parseProjectorTab(host.recall()),
    keep: (tab) => host.remember(tab),
  });
  root.append(createPage(store));
  followPlayback(store);
  host.onMessage((message) => store.receive(message));
  host.post({ type: 'boot' });
}

function createPage(store: Store): HTMLElement {
  const stage = createStage(store);
  const holder = element('div', { class: 'map-holder' }, [
    stage.element,
    createTools(store, stage),
    createCard(store, { holder: stage.element, pixelsOf: (place) => stage.pixelsOf(place) }),
    createStatus(store, Date.now()),
  ]);
  const keys = element('p', { class: 'unseen', text: KEY_WORDS, attributes: { id: 'map-keys' } });
  const main = element('section', { class: 'projector-main', attributes: { 'aria-label': l10n.t('Maps') } }, [
    createHeads(store),
    holder,
    keys,
    createPlaybar(store),
    createStrip(store, () => stage.rendererWords()),
  ]);
  const body = element('div', { class: 'projector-body' }, [
    main,
    createSide(store, createExports(store, stage)),
  ]);
  store.onChange(() => {
    forgetRemoved();
    fillThumbnails(store);
  });
  return element('div', { class: 'projector' }, [createBar(store), createAxes(store), body]);
}

main();
