/** Puts a dashboard into a webview, connects the two ends of the wire, and does what the page asks of the editor. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { parseLayout } from '../../protocol/pages/dashboard';
import { readCellSamples, readRunFigures } from '../../runs/folder/runFigures';
import { readSettings } from '../../runs/index/record';
import { COMMAND } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import type { RunStore } from '../runs/runStore';
import type { SharedNumbers } from '../runs/sharedNumbers';
import type { PageAction } from './dashboardSession';
import { DashboardSession } from './dashboardSession';
import { loadPage } from './load';

/** What every dashboard needs of the extension. */
export interface DashboardHost {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly memento: vscode.Memento;
  readonly store: RunStore;
  readonly numbers: SharedNumbers;
}

/** What a dashboard asks of the tab that it is in. */
export interface DashboardTab {
  /** The user wants runs added, and chooses which. */
  addRuns(): Promise<void>;
  removeRun(folder: string): void;
}

/** A dashboard in a webview. */
export interface AttachedDashboard extends Disposable {
  readonly session: DashboardSession;
}

const LAYOUT_KEY = 'dashboard.layout';

const RUN_COMMAND = {
  stop: COMMAND.stopRun,
  resume: COMMAND.resumeRun,
  startAgain: COMMAND.startAgain,
  showLog: COMMAND.showLog,
  revealFolder: COMMAND.revealRunFolder,
} as const;

/** Loads the page; dispose when the webview is gone. */
export function attachDashboard(
  webview: vscode.Webview,
  host: DashboardHost,
  tab: DashboardTab,
): AttachedDashboard {
  const owned = new DisposableStore();
  const port = {
    post: (message: unknown) => webview.postMessage(message),
    act: (action: PageAction) => void guarded(host.log, 'Using a dashboard', () => act(action, host, tab)),
    reject: () => host.log.warn('A page sent a message that this version does not know; it was dropped.'),
    readParameters: readSettings,
    readFigures: readRunFigures,
    readSamples: readCellSamples,
  };
  const layout = parseLayout(host.memento.get(LAYOUT_KEY));
  const session = owned.add(new DashboardSession(port, host.numbers.lease(), layout));
  owned.add(webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
  loadPage(webview, { page: 'dashboard', size: 'wide', extensionUri: host.extensionUri });
  return { session, dispose: () => owned.dispose() };
}

async function act(action: PageAction, { memento }: DashboardHost, tab: DashboardTab): Promise<void> {
  switch (action.type) {
    case 'addRuns':
      return tab.addRuns();
    case 'removeRun':
      tab.removeRun(action.run);
      return;
    case 'command':
      await vscode.commands.executeCommand(RUN_COMMAND[action.command], action.run);
      return;
    case 'manageTrust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    case 'layout':
      await memento.update(LAYOUT_KEY, action.layout);
      return;
    case 'copy':
      await vscode.env.clipboard.writeText(action.text);
      return;
    case 'save':
      await save(action.name, action.body);
  }
}

/** The page proposes a name and nothing of a path. */
async function save(name: string, body: string | Uint8Array): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const file = basename(name);
  const proposed = folder ? vscode.Uri.joinPath(folder.uri, file) : vscode.Uri.file(file);
  const target = await vscode.window.showSaveDialog({ defaultUri: proposed, title: 'Export' });
  if (!target) return;
  await vscode.workspace.fs.writeFile(
    target,
    typeof body === 'string' ? new TextEncoder().encode(body) : body,
  );
}
