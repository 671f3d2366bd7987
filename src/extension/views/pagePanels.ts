/**
 * Tabs of one kind in the editor area, at most one for each key (a run's folder, a pair of runs, ...). They come
 * back after a window reload through the serializer; after the death of the extension host no serializer runs
 * and the old tab stays on screen frozen, so a tab that nobody has claimed for a while is closed and opened again.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { SeenTab } from './panelState';
import { isStaleTab } from './panelState';

/** How long a visible tab may wait for the serializer. */
const CLAIM_DEADLINE_MS = 4000;

/** One tab, as whoever fills it needs it. */
export interface PageTab {
  readonly panel: vscode.WebviewPanel;
  /** What the tab shows: undefined if the state of a former tab says nothing. */
  readonly key: string | undefined;
  /** Names the tab anew, for example when its run was renamed or another run was chosen. */
  describe(title: string, key: string | undefined): void;
}

/** What a kind of tab is. */
export interface PagePanelKind {
  readonly viewType: string;
  /** What a former tab showed, from the state that its page kept; undefined if it says nothing. */
  keyOf(state: unknown): string | undefined;
  /** Loads the page into a new tab; what is returned is disposed with it. */
  fill(tab: PageTab): Disposable;
}

/** What the tabs need of the editor. */
export interface PagePanelHost {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly memento: vscode.Memento;
}

/** All tabs of one kind in this window. */
export class PagePanels implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #panels = new Map<vscode.WebviewPanel, string | undefined>();
  readonly #kind: PagePanelKind;
  readonly #host: PagePanelHost;
  #staleCheck: NodeJS.Timeout | undefined;

  constructor(kind: PagePanelKind, host: PagePanelHost) {
    this.#kind = kind;
    this.#host = host;
    this.#owned.add(
      vscode.window.registerWebviewPanelSerializer(kind.viewType, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.#attach(panel, kind.keyOf(state));
          return Promise.resolve();
        },
      }),
    );
    this.#owned.add(vscode.window.tabGroups.onDidChangeTabs(() => this.#watchForStaleTabs()));
    this.#watchForStaleTabs();
  }

  /** Opens a tab, or brings the one with this key to the front. */
  open(key: string | undefined, title: string, column = vscode.ViewColumn.Active): void {
    const existing = [...this.#panels].find(([, shown]) => shown === key);
    if (existing) {
      existing[0].reveal();
      return;
    }
    const { viewType } = this.#kind;
    this.#attach(vscode.window.createWebviewPanel(viewType, title, column, { enableScripts: true }), key);
  }

  dispose(): void {
    clearTimeout(this.#staleCheck);
    this.#owned.dispose();
  }

  #attach(panel: vscode.WebviewPanel, key: string | undefined): void {
    const owned = new DisposableStore();
    this.#panels.set(panel, key);
    panel.iconPath = panelIcon(this.#host.extensionUri);
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      owned.dispose();
    });
    const describe = (title: string, shown: string | undefined) => {
      if (panel.title === title && this.#panels.get(panel) === shown) return;
      panel.title = title;
      this.#panels.set(panel, shown);
      this.#rememberTitles();
    };
    owned.add(this.#kind.fill({ panel, key, describe }));
    this.#rememberTitles();
  }

  get #titlesKey(): string {
    return `${this.#kind.viewType}.titles`;
  }

  /** A frozen tab gives nothing away but its title, so what each title showed is remembered. */
  #rememberTitles(): void {
    const titles = [...this.#panels].map(([panel, key]) => [panel.title, key] as const);
    void this.#host.memento.update(this.#titlesKey, Object.fromEntries(titles));
  }

  #watchForStaleTabs(): void {
    clearTimeout(this.#staleCheck);
    this.#staleCheck = setTimeout(() => void this.#replaceStaleTabs(), CLAIM_DEADLINE_MS);
  }

  async #replaceStaleTabs(): Promise<void> {
    const held = [...this.#panels.keys()];
    const stale = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs.map((tab) => ({ tab, column: group.viewColumn })))
      .filter(({ tab, column }) => isStaleTab(seenTab(tab, column), this.#kind.viewType, held));
    for (const { tab, column } of stale) await this.#replace(tab, column);
  }

  async #replace(tab: vscode.Tab, column: vscode.ViewColumn): Promise<void> {
    const titles = this.#host.memento.get<Record<string, string | undefined>>(this.#titlesKey, {});
    this.#host.log.info(`Reopening the tab "${tab.label}", which lost its extension host.`);
    await vscode.window.tabGroups.close(tab, true);
    this.open(titles[tab.label], tab.label, column);
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
