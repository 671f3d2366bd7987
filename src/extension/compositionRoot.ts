/**
 * Builds every service in order; they are disposed in reverse. Reading runs begins here, and only in a
 * trusted workspace.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { causeChain } from '../domain/errors';
import { cacheFolder } from '../runs/folder/cacheFolder';
import { createMaps, mapCacheFolder } from '../runs/maps/create';
import type { Maps } from '../runs/maps/maps';
import { createNumbers } from '../runs/numbers/create';
import type { Numbers } from '../runs/numbers/numbers';
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
import { SharedNumbers } from './runs/sharedNumbers';
import { TableRows } from './runs/tableRows';
import { followTags } from './runs/tableTags';
import { foreignPlaces, runsFolders } from './runsFolders';
import { SelectionBus } from './selectionBus';
import { registerStartLens } from './views/codeLens';
import { createContextKeys } from './views/contextKeys';
import { DashboardPanels } from './views/dashboardPanels';
import { registerDashboardView } from './views/dashboardView';
import { registerNotes } from './views/notes';
import { RunsTree } from './views/tree/runsTree';
import { PreviewPanels } from './views/previewPanels';
import { ProjectorPanels } from './views/projectorPanels';
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
  const host = { extensionUri: context.extensionUri, pool, backend, log };
  owned.add(createContextKeys(store));
  const tree = owned.add(new RunsTree(store, context.workspaceState));
  owned.add(registerNotes(store, backend));
  owned.add(createStatusBar(store));
  owned.add(notifyEnds(store));
  owned.add(registerDashboardView(host, store));
  const memento = context.workspaceState;
  const numbers = owned.add(new SharedNumbers(() => startNumbers(context, log)));
  const bus = new SelectionBus();
  const panels = owned.add(new DashboardPanels({ ...host, context, store, numbers, memento, bus }));
  const diffs = owned.add(new DiffPanels({ ...host, context, memento, bus }, store, numbers));
  owned.add(registerCodeDocuments());
  const rows = owned.add(new TableRows(store));
  const readTags = () => followTags(numbers.lease(), rows, store);
  const table = owned.add(new TablePanel({ ...host, memento }, rows, readTags));
  const previews = owned.add(new PreviewPanels({ context, log }));
  const maps = owned.add(startMaps(context, log));
  const projectors = owned.add(new ProjectorPanels({ ...host, memento, store, maps, bus }));
  const views = { panels, tree, diffs, table, previews, projectors };
  owned.add(registerCommands({ context, log, backend, store, pool, ...views }));
  owned.add(registerAgentTools({ context, store, backend }));
  owned.add(registerStartLens());
  owned.add(watchWhenTrusted(context, store));
  log.info(`Activated in ${(performance.now() - startedAt).toFixed(1)} ms.`);
  return owned;
}

/** Reads the numbers of all runs of this window in a worker of its own. */
function startNumbers(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Numbers {
  const [runsFolder] = runsFolders(context.globalStorageUri);
  return createNumbers({
    workerPath: join(context.extensionPath, 'dist', 'numbers-worker.js'),
    readerPath: join(context.extensionPath, 'dist', 'log-reader.js'),
    cacheFolder: runsFolder === undefined ? null : cacheFolder(runsFolder),
    onError: (error) => log.error(causeChain(error)),
  });
}

/** Computes maps of embeddings in threads of its own, which begin with the first map. */
function startMaps(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Maps {
  return createMaps({
    workerPath: join(context.extensionPath, 'dist', 'maps-worker.js'),
    cacheFolder: mapCacheFolder(),
    onError: (error) => log.error(causeChain(error)),
  });
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
