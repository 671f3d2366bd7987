/** Puts a dashboard into a webview, connects the two ends of the wire, and does what the page asks of the editor. */
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
import type { SelectionBus } from '../selectionBus';
import type { Cell, PageAction } from './dashboardSession';
import { DashboardSession } from './dashboardSession';
import { loadPage } from './load';
import { saveFile } from './saveFile';

/** What every dashboard needs of the extension. */
export interface DashboardHost {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly memento: vscode.Memento;
  readonly store: RunStore;
  readonly numbers: SharedNumbers;
  readonly bus: SelectionBus;
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
  inspectEmbeddings: COMMAND.inspectEmbeddings,
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
    readSamples: async (folder: string, cell: Cell) => {
      await tellCell(host.bus, webview, folder, cell);
      return readCellSamples(folder, cell);
    },
  };
  const layout = parseLayout(host.memento.get(LAYOUT_KEY));
  const session = owned.add(new DashboardSession(port, host.numbers.lease(), layout));
  owned.add(webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
  loadPage(webview, { page: 'dashboard', size: 'wide', extensionUri: host.extensionUri });
  return { session, dispose: () => owned.dispose() };
}

/** Maps show the samples of a cell too: those of the class that got that answer. */
async function tellCell(
  bus: SelectionBus,
  from: object,
  folder: string,
  { trueClass, answer }: Cell,
): Promise<void> {
  const { confusion } = await readRunFigures(folder);
  const [own, other] = [confusion?.classes[trueClass], confusion?.classes[answer]];
  if (own !== undefined && other !== undefined) bus.tell(from, { trueClass: own, answer: other });
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
      await saveFile(action.name, action.body);
  }
}
