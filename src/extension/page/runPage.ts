/** Puts the page of one run into a webview and connects the two ends of the wire. */
import * as vscode from 'vscode';
import { COMMAND } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import { acknowledge } from '../runs/acknowledge';
import type { RunBackend } from '../runs/backend';
import type { LiveRunPool } from '../runs/liveRun';
import { loadPage } from './load';
import type { PageCommand } from './runSession';
import { RunSession } from './runSession';

/** What every page needs of the extension. */
export interface PageHost {
  readonly extensionUri: vscode.Uri;
  readonly pool: LiveRunPool;
  readonly backend: Pick<RunBackend, 'annotate'>;
  readonly log: vscode.LogOutputChannel;
}

/** A page in a webview. */
export interface AttachedPage extends Disposable {
  readonly session: RunSession;
}

const PALETTE_COMMANDS: Readonly<Record<PageCommand, string>> = {
  start: COMMAND.startRun,
  startAgain: COMMAND.startAgain,
  stop: COMMAND.stopRun,
  resume: COMMAND.resumeRun,
  openDashboard: COMMAND.openDashboard,
  showLog: COMMAND.showLog,
  manageTrust: 'workbench.trust.manage',
};

/** Loads the page; dispose when the webview is gone. */
export function attachPage(webview: vscode.Webview, host: PageHost): AttachedPage {
  const owned = new DisposableStore();
  const port = {
    post: (message: unknown) => webview.postMessage(message),
    run: (command: PageCommand, folder: string | undefined) => runCommand(command, folder),
    acknowledge: (kind: string, folder: string) =>
      void guarded(host.log, 'Acknowledging an alert', () =>
        acknowledge(host.backend, { run: folder, kind }),
      ),
    reject: () => host.log.warn('A page sent a message that this version does not know; it was dropped.'),
  };
  const session = owned.add(new RunSession(port, host.pool));
  owned.add(webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
  loadPage(webview, { page: 'run', size: 'narrow', extensionUri: host.extensionUri });
  return { session, dispose: () => owned.dispose() };
}

/** Starting asks for everything itself; all other commands concern the run on the page. */
function runCommand(command: PageCommand, folder: string | undefined): void {
  const takesRun = command !== 'start' && command !== 'manageTrust';
  void vscode.commands.executeCommand(PALETTE_COMMANDS[command], ...(takesRun ? [folder] : []));
}
