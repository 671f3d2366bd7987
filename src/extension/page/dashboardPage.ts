/** Puts a dashboard into a webview, connects the two ends of the wire, and does what the page asks of the editor. */
import * as vscode from 'vscode';
import { causeChain } from '../../domain/errors';
import { testSampleId } from '../../domain/run/predictions';
import { parseLayout } from '../../protocol/pages/dashboard';
import { readCellSamples, readRunFigures } from '../../runs/folder/runFigures';
import { readSettings } from '../../runs/index/record';
import { readAlerts } from '../../runs/readAlerts';
import { commandLineProgram } from '../commands/starterProgram';
import { COMMAND } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import { acknowledge } from '../runs/acknowledge';
import type { RunBackend } from '../runs/backend';
import { KeptPictures } from '../runs/keptPictures';
import type { RunStore } from '../runs/runStore';
import { readSamplePictures } from '../runs/samplePictures';
import type { SharedNumbers } from '../runs/sharedNumbers';
import type { SelectionBus } from '../selectionBus';
import type { PageAction } from './dashboardPort';
import { DashboardSession } from './dashboardSession';
import { viewsPort } from './viewsPort';
import { loadPage } from './load';
import { saveFile } from './saveFile';

/** What every dashboard needs of the extension. */
export interface DashboardHost {
  readonly context: vscode.ExtensionContext;
  readonly extensionUri: vscode.Uri;
  readonly backend: Pick<RunBackend, 'annotate'>;
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
  const pictures = owned.add(createPictures(host));
  const port = {
    post: (message: unknown) => webview.postMessage(message),
    act: (action: PageAction) =>
      void guarded(host.log, 'Using a dashboard', () => act(action, { host, tab, webview })),
    reject: () => host.log.warn('A page sent a message that this version does not know; it was dropped.'),
    readParameters: readSettings,
    readFigures: readRunFigures,
    readSamples: readCellSamples,
    readPictures: (folder: string, places: readonly number[]) =>
      pictures.get({ folder, ids: places.map(testSampleId) }),
    readAlerts: (folder: string) => readAlerts(folder).catch(() => []),
    views: viewsPort(host),
  };
  const layout = parseLayout(host.memento.get(LAYOUT_KEY));
  const session = owned.add(new DashboardSession(port, host.numbers.lease(), layout));
  owned.add(webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
  loadPage(webview, { page: 'dashboard', size: 'wide', extensionUri: host.extensionUri });
  return { session, dispose: () => owned.dispose() };
}

function createPictures({ context, log }: DashboardHost): KeptPictures {
  return new KeptPictures({
    read: (wanted, signal) => readSamplePictures(commandLineProgram(context), wanted, signal),
    fail: (thrown) => log.error(`Reading pictures of samples: ${causeChain(thrown)}`),
  });
}

/** A dashboard from within. */
interface Dashboard {
  readonly host: DashboardHost;
  readonly tab: DashboardTab;
  readonly webview: vscode.Webview;
}

async function act(action: PageAction, { host, tab, webview }: Dashboard): Promise<void> {
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
    case 'acknowledge':
      return acknowledge(host.backend, action);
    case 'selectOnMap':
      return selectOnMap(host.bus, webview, action);
    case 'layout':
      await host.memento.update(LAYOUT_KEY, action.layout);
      return;
    case 'copy':
      await vscode.env.clipboard.writeText(action.text);
      return;
    case 'save':
      await saveFile(action.name, action.body);
  }
}

/** Maps mostly show samples of another split: those of the class that got that answer stand for the cell there. */
async function selectOnMap(
  bus: SelectionBus,
  from: object,
  { run, ...cell }: Extract<PageAction, { type: 'selectOnMap' }>,
): Promise<void> {
  const [samples, { confusion }] = await Promise.all([readCellSamples(run, cell), readRunFigures(run)]);
  const [trueClass, answer] = [confusion?.classes[cell.trueClass], confusion?.classes[cell.answer]];
  if (trueClass === undefined || answer === undefined) return;
  const ids = (samples ?? []).map(({ place }) => testSampleId(place));
  await bus.ask(from, { ids, asked: { runs: [run], instead: { trueClass, answer } } }, () =>
    vscode.commands.executeCommand(COMMAND.inspectEmbeddings, run),
  );
}
