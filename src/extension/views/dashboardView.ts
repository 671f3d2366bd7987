/** The run dashboard in the side bar: it shows the store's run of the moment. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { PageHost } from '../page/runPage';
import { attachPage } from '../page/runPage';
import { AlertBadge } from '../runs/alertBadge';
import type { RunStore } from '../runs/runStore';
import { savedFolder } from './panelState';

/** Registers the view. */
export function registerDashboardView(host: PageHost, store: RunStore): Disposable {
  return vscode.window.registerWebviewViewProvider(VIEW.dashboard, {
    resolveWebviewView: (view, { state }) => {
      const before = savedFolder(state);
      if (before !== undefined) store.suggest(before);
      resolveView(view, host, store);
    },
  });
}

function resolveView(view: vscode.WebviewView, host: PageHost, store: RunStore): void {
  const owned = new DisposableStore();
  const { session } = owned.add(attachPage(view.webview, host));
  session.setTrusted(vscode.workspace.isTrusted);
  const badge = owned.add(new AlertBadge(host.pool, (count) => (view.badge = badgeOf(count))));
  const refresh = () => {
    if (!store.isLoaded) return;
    session.show(store.shown?.folder);
    badge.show(vscode.workspace.isTrusted ? store.shown?.folder : undefined);
  };
  refresh();
  owned.add(store.onDidChange(refresh));
  owned.add(view.onDidChangeVisibility(() => session.setVisible(view.visible)));
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.setTrusted(true)));
  view.onDidDispose(() => owned.dispose());
}

function badgeOf(count: number): vscode.ViewBadge | undefined {
  if (count === 0) return undefined;
  return {
    value: count,
    tooltip: count === 1 ? l10n.t('1 alert of the run') : l10n.t('{0} alerts of the run', count),
  };
}
