/** Maps of embeddings in the editor area, one tab for each choice of one or two sources. */
import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { assignLooks } from '../../domain/display/runColours';
import { isLive } from '../../domain/display/runLook';
import { causeChain, HumanError } from '../../domain/errors';
import type { Maps } from '../../runs/maps/maps';
import { createThrottle } from '../../runs/throttle';
import { EMBEDDING_ENDINGS, VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import { pickOtherRun } from '../commands/pickRun';
import { loadPage } from '../page/load';
import {
  placesOfKey,
  projectorKey,
  rememberLayout,
  rememberSelections,
  rememberedLayout,
  rememberedSelections,
  savedPlaces,
} from '../page/projectorMemory';
import type { OpenedProjector, ProjectorAction, ProjectorSide } from '../page/projectorPort';
import { ProjectorSession } from '../page/projectorSession';
import { saveFile } from '../page/saveFile';
import type { RunStore } from '../runs/runStore';
import { whenLoaded } from '../runs/whenLoaded';
import type { SelectedSamples, SelectionBus } from '../selectionBus';
import type { PagePanelHost, PageTab } from './pagePanels';
import { PagePanels } from './pagePanels';

/** Between two looks for further epochs of a live run. */
const REFRESH_GAP_MS = 3000;

/** What the projectors need of the extension. */
export interface ProjectorHost extends PagePanelHost {
  readonly store: RunStore;
  readonly maps: Maps;
  readonly bus: SelectionBus;
}

/** The projectors of this window. */
export class ProjectorPanels implements Disposable {
  readonly #panels: PagePanels;
  readonly #host: ProjectorHost;

  constructor(host: ProjectorHost) {
    this.#host = host;
    const keyOf = (state: unknown) => {
      const places = savedPlaces(state);
      return places && projectorKey(places);
    };
    const fill = (tab: PageTab) => new ProjectorTab(tab, host, (places) => this.open(places));
    this.#panels = new PagePanels({ viewType: VIEW.projectorPanel, keyOf, fill }, host);
  }

  /** Opens the map of one source, or of two beside each other: run folders or files; or brings it to the front. */
  open(places: readonly string[]): void {
    this.#panels.open(projectorKey(places), titleOf(places, this.#host.store));
  }

  dispose(): void {
    this.#panels.dispose();
  }
}

/** One tab. */
class ProjectorTab implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #session: ProjectorSession;
  #places: readonly string[];

  constructor(
    private readonly tab: PageTab,
    private readonly host: ProjectorHost,
    private readonly openOther: (places: readonly string[]) => void,
  ) {
    this.#places = placesOfKey(tab.key);
    const { panel } = tab;
    this.#session = this.#owned.add(this.#createSession());
    this.#owned.add(panel.webview.onDidReceiveMessage((message: unknown) => this.#session.receive(message)));
    this.#owned.add(panel.onDidChangeViewState(() => this.#session.setVisible(panel.visible)));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#session.setTrusted(true)));
    this.#owned.add(host.bus.listen(this, (samples) => this.#select(samples)));
    this.#followLive();
    this.#session.setTrusted(vscode.workspace.isTrusted);
    this.#session.setVisible(panel.visible);
    this.#describe();
    loadPage(panel.webview, { page: 'projector', size: 'wide', extensionUri: host.extensionUri });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** Comes to the front where somebody asked to see samples of what it shows; true if that is so. */
  #select(samples: SelectedSamples): boolean {
    const isAskedAbout = samples.asked?.runs.every((run) => this.#places.includes(run)) ?? false;
    this.#session.select(isAskedAbout ? samples : { ids: samples.ids });
    if (isAskedAbout) this.tab.panel.reveal(undefined, true);
    return isAskedAbout;
  }

  #createSession(): ProjectorSession {
    const { log } = this.host;
    return new ProjectorSession({
      post: (message) => this.tab.panel.webview.postMessage(message),
      what: () => titleOf(this.#places, this.host.store),
      open: () => this.#open(),
      act: (action) => void guarded(log, l10n.t('Using a map'), () => this.#act(action)),
      openFile: (path) => void vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path)),
      pickFolder,
      tell: (sentence) => void vscode.window.showInformationMessage(sentence),
      reject: () => log.warn('A map sent a message that this version does not know; it was dropped.'),
      fail: (doing, thrown) => log.error(`${doing}: ${causeChain(thrown)}`),
    });
  }

  async #open(): Promise<OpenedProjector> {
    const { store, maps, memento } = this.host;
    const [left, right] = this.#places;
    if (left === undefined)
      throw new HumanError(l10n.t('This tab does not say what it shows: open the run again.'));
    await whenLoaded(store);
    for (const place of this.#places) this.#checkPlace(place);
    const opened = await maps.open({ left, right: right ?? null });
    const looks = assignLooks(this.#places);
    const sideOf = (place: string): ProjectorSide => {
      const run = store.get(place);
      const look = looks.get(place) ?? { hue: 0, dash: 0 };
      return { look, isLive: run !== undefined && isLive(run), ...(run && { name: run.name }) };
    };
    return {
      maps: opened,
      left: sideOf(left),
      right: right === undefined ? null : sideOf(right),
      selections: rememberedSelections(memento, left),
      layout: rememberedLayout(memento),
    };
  }

  /** Only runs of this window's runs folders, and files of embeddings, are read, whatever a saved state says. */
  #checkPlace(place: string): void {
    if (this.host.store.get(place) !== undefined || isEmbeddingFile(place)) return;
    throw new HumanError(
      l10n.t('There is no run {0} here: it was deleted or moved; open another.', basename(place)),
    );
  }

  async #act(action: ProjectorAction): Promise<void> {
    const { memento, bus } = this.host;
    switch (action.type) {
      case 'layout':
        return rememberLayout(memento, action.layout);
      case 'select':
        bus.tell(this, { ids: action.ids });
        return;
      case 'saveSelections':
        return rememberSelections(memento, this.#places[0] ?? '', action.selections);
      case 'save':
        return saveFile(action.name, action.body);
      case 'command':
        return this.#run(action.command);
    }
  }

  async #run(command: Extract<ProjectorAction, { type: 'command' }>['command']): Promise<void> {
    const [left, right] = this.#places;
    switch (command) {
      case 'manageTrust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      case 'openOther': {
        const file = await pickEmbeddingsFile();
        if (file !== undefined) this.openOther([file.fsPath]);
        return;
      }
      case 'addRun': {
        const run = await pickOtherRun(this.host.store, this.#places, l10n.t('Compare it with which run?'));
        if (run !== undefined && left !== undefined) this.#show([left, run.folder]);
        return;
      }
      case 'removeRight':
        this.#show(this.#places.slice(0, 1));
        return;
      case 'swap':
        if (left !== undefined && right !== undefined) this.#show([right, left]);
    }
  }

  #show(places: readonly string[]): void {
    this.#places = places;
    this.#describe();
    this.#session.reopen();
  }

  #describe(): void {
    this.tab.describe(titleOf(this.#places, this.host.store), projectorKey(this.#places));
  }

  /** Looks for epochs while a run lives, and once more when it has ended. */
  #followLive(): void {
    const { store } = this.host;
    const isLiveAt = (place: string | undefined) => {
      const run = store.get(place);
      return run !== undefined && isLive(run);
    };
    let wasLive = this.#places.some(isLiveAt);
    const refresh = createThrottle({
      action: () =>
        this.#session.refresh({ left: isLiveAt(this.#places[0]), right: isLiveAt(this.#places[1]) }),
      gapMs: REFRESH_GAP_MS,
      onError: () => null,
    });
    this.#owned.add(refresh);
    this.#owned.add(
      store.onDidChange(() => {
        const lives = this.#places.some(isLiveAt);
        if (lives || wasLive) refresh.soon();
        wasLive = lives;
        this.#describe();
      }),
    );
  }
}

/** A file that may hold embeddings; undefined if the user turns away. */
export async function pickEmbeddingsFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: l10n.t('Open embeddings'),
    openLabel: l10n.t('Open'),
    filters: { [l10n.t('Embeddings')]: [...EMBEDDING_ENDINGS] },
  });
  return chosen?.[0];
}

async function pickFolder(): Promise<string | undefined> {
  const options = { canSelectFolders: true, canSelectFiles: false, openLabel: l10n.t('Write here') };
  const chosen = await vscode.window.showOpenDialog({
    ...options,
    title: l10n.t('Folder for projector files'),
  });
  return chosen?.[0]?.fsPath;
}

function isEmbeddingFile(place: string): boolean {
  return EMBEDDING_ENDINGS.some((ending) => place.toLowerCase().endsWith(`.${ending}`));
}

function titleOf(places: readonly string[], store: RunStore): string {
  const names = places.map((place) => store.get(place)?.name ?? basename(place));
  return names.length === 0 ? l10n.t('Map') : l10n.t('Map: {0}', names.join(' ↔ '));
}
