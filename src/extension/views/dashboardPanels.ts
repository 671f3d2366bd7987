/** Dashboards in the editor area, one for each run. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../domain/run/state';
import { VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { PageHost } from '../page/runPage';
import { attachPage } from '../page/runPage';
import type { RunStore } from '../runs/runStore';
import type { PageTab } from './pagePanels';
import { PagePanels } from './pagePanels';
import { savedFolder } from './panelState';

/** The dashboards of this window. */
export class DashboardPanels implements Disposable {
  readonly #panels: PagePanels;
  readonly #host: PageHost;
  readonly #store: RunStore;

  constructor(host: PageHost, store: RunStore, memento: vscode.Memento) {
    this.#host = host;
    this.#store = store;
    const kind = {
      viewType: VIEW.dashboardPanel,
      keyOf: savedFolder,
      fill: (tab: PageTab) => this.#fill(tab),
    };
    this.#panels = new PagePanels(kind, { ...host, memento });
  }

  /** Opens the dashboard of a run, or brings it to the front. */
  open(run: Pick<RunSummary, 'folder' | 'name'>): void {
    this.#panels.open(run.folder, run.name);
  }

  dispose(): void {
    this.#panels.dispose();
  }

  #fill(tab: PageTab): Disposable {
    const { panel } = tab;
    const owned = new DisposableStore();
    const { session } = owned.add(attachPage(panel.webview, 'wide', this.#host));
    session.setTrusted(vscode.workspace.isTrusted);
    session.setVisible(panel.visible);
    let folder = tab.key;
    // Only runs of this window's runs folders are shown, whatever the saved state says.
    const refresh = () => {
      if (!this.#store.isLoaded) return;
      const run = folder === undefined ? this.#store.shown : this.#store.get(folder);
      folder = run?.folder ?? folder;
      session.show(run?.folder);
      if (run) tab.describe(run.name, folder);
    };
    owned.add(this.#store.onDidChange(refresh));
    owned.add(panel.onDidChangeViewState(() => session.setVisible(panel.visible)));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.setTrusted(true)));
    refresh();
    return owned;
  }
}
