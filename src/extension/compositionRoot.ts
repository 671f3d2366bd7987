/**
 * Builds every service in order; they are disposed in reverse. Reading runs begins here, and only in a
 * trusted workspace.
 */
import * as vscode from 'vscode';
import { registerAgentTools } from './agents/register';
import { registerCommands } from './commands/index';
import { SETTING } from './constants';
import { registerCodeDocuments } from './diff/codeDocuments';
import { DiffPanels } from './diff/diffPanels';
import type { Disposable } from './disposable';
import { DisposableStore } from './disposable';
import { LiveRunPool } from './runs/liveRun';
import { createFolderBackend } from './runs/folderBackend';
import { RunStore } from './runs/runStore';
import { TableRows } from './runs/tableRows';
import { foreignPlaces, runsFolders } from './runsFolders';
import { registerStartLens } from './views/codeLens';
import { createContextKeys } from './views/contextKeys';
import { DashboardPanels } from './views/dashboardPanels';
import { registerDashboardView } from './views/dashboardView';
import { registerNotes } from './views/notes';
import { RunsTree } from './views/tree/runsTree';
import { PreviewPanels } from './views/previewPanels';
import { createStatusBar, notifyEnds } from './views/statusBar';
import { TablePanel } from './views/tablePanel';

/** Builds the extension. */
export function compose(context: vscode.ExtensionContext): Disposable {
  const startedAt = performance.now();
  const owned = new DisposableStore();
  const log = owned.add(vscode.window.createOutputChannel('SupCon Lab', { log: true }));
  const backend = createFolderBackend((message) => log.warn(message));
  const store = owned.add(new RunStore(backend));
  const pool = new LiveRunPool(backend);
  const host = { extensionUri: context.extensionUri, pool, log };
  owned.add(createContextKeys(store));
  const tree = owned.add(new RunsTree(store, context.workspaceState));
  owned.add(registerNotes(store, backend));
  owned.add(createStatusBar(store));
  owned.add(notifyEnds(store));
  owned.add(registerDashboardView(host, store));
  const panels = owned.add(new DashboardPanels(host, store, context.workspaceState));
  const diffs = owned.add(new DiffPanels({ ...host, memento: context.workspaceState }, store));
  owned.add(registerCodeDocuments());
  const table = owned.add(new TablePanel(host, owned.add(new TableRows(store)), context.workspaceState));
  const previews = owned.add(new PreviewPanels({ context, log }));
  const views = { panels, tree, diffs, table, previews };
  owned.add(registerCommands({ context, log, backend, store, pool, ...views }));
  owned.add(registerAgentTools({ context, store, backend }));
  owned.add(registerStartLens());
  owned.add(watchWhenTrusted(context, store));
  log.info(`Activated in ${(performance.now() - startedAt).toFixed(1)} ms.`);
  return owned;
}

function watchWhenTrusted(context: vscode.ExtensionContext, store: RunStore): Disposable {
  const owned = new DisposableStore();
  const watch = () => {
    if (!vscode.workspace.isTrusted) return;
    const { globalStorageUri } = context;
    store.watch(runsFolders(globalStorageUri), foreignPlaces(globalStorageUri));
  };
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(watch));
  owned.add(vscode.workspace.onDidChangeWorkspaceFolders(watch));
  owned.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      const isOurs = [SETTING.runsFolder, SETTING.foreignFolders].some((id) =>
        change.affectsConfiguration(id),
      );
      if (isOurs) watch();
    }),
  );
  watch();
  return owned;
}
