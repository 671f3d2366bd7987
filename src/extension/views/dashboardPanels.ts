/** Dashboards in the editor area. A tab is known by the run that it was opened for; others may join it there. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../domain/run/state';
import { VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { DashboardHost } from '../page/dashboardPage';
import { attachDashboard } from '../page/dashboardPage';
import { pickMoreRuns } from '../commands/pickRun';
import type { PageTab } from './pagePanels';
import { PagePanels } from './pagePanels';
import { runsOfTab, savedFolder, titleOfTab } from './panelState';

const RUNS_KEY = 'dashboard.runs';

/** The dashboards of this window. */
export class DashboardPanels implements Disposable {
  readonly #panels: PagePanels;
  readonly #host: DashboardHost;
  /** Adds runs to the open tab of a key. */
  readonly #open = new Map<string, (folders: readonly string[]) => void>();

  constructor(host: DashboardHost) {
    this.#host = host;
    const kind = {
      viewType: VIEW.dashboardPanel,
      keyOf: savedFolder,
      fill: (tab: PageTab) => this.#fill(tab),
    };
    this.#panels = new PagePanels(kind, host);
  }

  /** Opens the dashboard of a run, or brings it to the front. */
  open(run: Pick<RunSummary, 'folder' | 'name'>): void {
    this.#panels.open(run.folder, run.name);
    this.#open.get(run.folder)?.([run.folder]);
  }

  /** Opens the runs over each other, in the tab of the first of them. */
  overlay(runs: readonly Pick<RunSummary, 'folder' | 'name'>[]): void {
    const [first] = runs;
    if (!first) return;
    this.open(first);
    this.#open.get(first.folder)?.(runs.map(({ folder }) => folder));
  }

  dispose(): void {
    this.#panels.dispose();
  }

  #fill(tab: PageTab): Disposable {
    const { panel } = tab;
    const { store, memento } = this.#host;
    const owned = new DisposableStore();
    let folders = runsOfTab(memento.get(RUNS_KEY), tab.key);
    let key: string | undefined;
    // Only runs of this window's runs folders are shown, whatever the saved state says.
    const refresh = () => {
      if (!store.isLoaded) return;
      if (folders.length === 0 && store.shown && key === undefined) folders = [store.shown.folder];
      const runs = folders.flatMap((folder) => store.get(folder) ?? []);
      session.show(runs);
      tab.describe(titleOfTab(runs), key);
    };
    /** The first run gives the tab its key, whoever was first before. */
    const show = (next: readonly string[]) => {
      folders = [...new Set(next)];
      rename(folders[0]);
      refresh();
    };
    const rename = (next: string | undefined) => {
      if (key !== undefined) this.#open.delete(key);
      key = next;
      if (key === undefined) return;
      this.#open.set(key, (added) => show([...folders, ...added]));
      void this.#remember(key, folders);
    };
    const { session } = owned.add(
      attachDashboard(panel.webview, this.#host, {
        addRuns: async () => show([...folders, ...(await pickMoreRuns(store, folders))]),
        removeRun: (folder) => show(folders.filter((other) => other !== folder)),
      }),
    );
    session.setTrusted(vscode.workspace.isTrusted);
    session.setVisible(panel.visible);
    owned.add({ dispose: () => key !== undefined && this.#open.delete(key) });
    owned.add(store.onDidChange(refresh));
    owned.add(panel.onDidChangeViewState(() => session.setVisible(panel.visible)));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.setTrusted(true)));
    rename(folders[0]);
    refresh();
    return owned;
  }

  async #remember(key: string, folders: readonly string[]): Promise<void> {
    const { memento } = this.#host;
    await memento.update(RUNS_KEY, {
      ...memento.get<Record<string, string[]>>(RUNS_KEY, {}),
      [key]: folders,
    });
  }
}
