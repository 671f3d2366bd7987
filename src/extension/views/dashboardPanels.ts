/**
 * Dashboards in the editor area, one for each run. They come back after a window reload through the
 * serializer; after the death of the extension host no serializer runs and the old tab stays on screen
 * frozen, so a tab that nobody has claimed for a while is closed and opened again.
 */
import * as vscode from 'vscode';
import type { RunSummary } from '../../domain/run/state';
import { VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { PageHost } from '../page/webview';
import { attachPage } from '../page/webview';
import type { RunStore } from '../runs/runStore';
import type { PageSession } from '../page/session';
import type { SeenTab } from './panelState';
import { isStaleTab, savedFolder } from './panelState';

/** How long a visible tab may wait for the serializer. */
const CLAIM_DEADLINE_MS = 4000;

/** Where titles of open panels are kept, with their runs. */
const TITLES_KEY = 'supcon.panelTitles';

/** The panels of this window. */
export class DashboardPanels implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #panels = new Map<vscode.WebviewPanel, string | undefined>();
  readonly #host: PageHost;
  readonly #store: RunStore;
  readonly #memento: vscode.Memento;
  #staleCheck: NodeJS.Timeout | undefined;

  constructor(host: PageHost, store: RunStore, memento: vscode.Memento) {
    this.#host = host;
    this.#store = store;
    this.#memento = memento;
    this.#owned.add(
      vscode.window.registerWebviewPanelSerializer(VIEW.dashboardPanel, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.#attach(panel, savedFolder(state));
          return Promise.resolve();
        },
      }),
    );
    this.#owned.add(vscode.window.tabGroups.onDidChangeTabs(() => this.#watchForStaleTabs()));
    this.#watchForStaleTabs();
  }

  /** Opens the dashboard of a run, or brings it to the front. */
  open(run: Pick<RunSummary, 'folder' | 'name'>, column = vscode.ViewColumn.Active): void {
    const existing = [...this.#panels].find(([, folder]) => folder === run.folder);
    if (existing) {
      existing[0].reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(VIEW.dashboardPanel, run.name, column, {
      enableScripts: true,
    });
    this.#attach(panel, run.folder);
  }

  dispose(): void {
    clearTimeout(this.#staleCheck);
    this.#owned.dispose();
  }

  #attach(panel: vscode.WebviewPanel, folder: string | undefined): void {
    const owned = new DisposableStore();
    this.#panels.set(panel, folder);
    panel.iconPath = panelIcon(this.#host.extensionUri);
    const { session } = owned.add(attachPage(panel.webview, 'wide', this.#host));
    session.setTrusted(vscode.workspace.isTrusted);
    session.setVisible(panel.visible);
    const refresh = () => this.#refresh(panel, session);
    owned.add(this.#store.onDidChange(refresh));
    owned.add(panel.onDidChangeViewState(() => session.setVisible(panel.visible)));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.setTrusted(true)));
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      owned.dispose();
    });
    refresh();
    this.#rememberTitles();
  }

  /** Only runs of this window's runs folders are shown, whatever the saved state says. */
  #refresh(panel: vscode.WebviewPanel, session: PageSession): void {
    if (!this.#store.isLoaded) return;
    const wanted = this.#panels.get(panel);
    const run = wanted === undefined ? this.#store.shown : this.#store.get(wanted);
    this.#panels.set(panel, run?.folder ?? wanted);
    session.show(run?.folder);
    if (run && panel.title !== run.name) {
      panel.title = run.name;
      this.#rememberTitles();
    }
  }

  #rememberTitles(): void {
    const titles = [...this.#panels].map(([panel, folder]) => [panel.title, folder] as const);
    void this.#memento.update(TITLES_KEY, Object.fromEntries(titles));
  }

  #watchForStaleTabs(): void {
    clearTimeout(this.#staleCheck);
    this.#staleCheck = setTimeout(() => void this.#replaceStaleTabs(), CLAIM_DEADLINE_MS);
  }

  async #replaceStaleTabs(): Promise<void> {
    const held = [...this.#panels.keys()];
    const stale = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs.map((tab) => ({ tab, column: group.viewColumn })))
      .filter(({ tab, column }) => isStaleTab(seenTab(tab, column), VIEW.dashboardPanel, held));
    for (const { tab, column } of stale) await this.#replace(tab, column);
  }

  async #replace(tab: vscode.Tab, column: vscode.ViewColumn): Promise<void> {
    const titles = this.#memento.get<Record<string, string | undefined>>(TITLES_KEY, {});
    const folder = titles[tab.label] ?? this.#store.shown?.folder;
    this.#host.log.info(`Reopening the dashboard "${tab.label}", which lost its extension host.`);
    await vscode.window.tabGroups.close(tab, true);
    if (folder !== undefined) this.open({ folder, name: tab.label }, column);
  }
}

function seenTab(tab: vscode.Tab, column: vscode.ViewColumn): SeenTab {
  const viewType = tab.input instanceof vscode.TabInputWebview ? tab.input.viewType : '';
  return { viewType, isActive: tab.isActive, column };
}

function panelIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const file = (name: string) => vscode.Uri.joinPath(extensionUri, 'dist', 'media', name);
  return { light: file('panel-light.svg'), dark: file('panel-dark.svg') };
}
