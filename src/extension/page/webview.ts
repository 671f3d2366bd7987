/** Puts the page into a webview and connects the two ends of the wire. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { COMMAND } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { LiveRunPool } from '../runs/liveRun';
import { pageHtml } from './html';
import type { PageCommand } from './session';
import { PageSession } from './session';

/** What every page needs of the extension. */
export interface PageHost {
  readonly extensionUri: vscode.Uri;
  readonly pool: LiveRunPool;
  readonly log: vscode.LogOutputChannel;
}

/** A page in a webview. */
export interface AttachedPage extends Disposable {
  readonly session: PageSession;
}

const NONCE_BYTES = 18;

const PALETTE_COMMANDS: Readonly<Record<PageCommand, string>> = {
  start: COMMAND.startRun,
  startAgain: COMMAND.startAgain,
  stop: COMMAND.stopRun,
  resume: COMMAND.resumeRun,
  openDashboard: COMMAND.openDashboard,
  showLog: COMMAND.showLog,
  revealFolder: COMMAND.revealRunFolder,
  manageTrust: 'workbench.trust.manage',
};

/** Loads the page; dispose when the webview is gone. */
export function attachPage(webview: vscode.Webview, size: 'narrow' | 'wide', host: PageHost): AttachedPage {
  const owned = new DisposableStore();
  const port = {
    post: (message: unknown) => webview.postMessage(message),
    run: (command: PageCommand, folder: string | undefined) => runCommand(command, folder),
    reject: () => host.log.warn('A page sent a message that this version does not know; it was dropped.'),
  };
  const session = owned.add(new PageSession(port, host.pool));
  owned.add(webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
  const dist = vscode.Uri.joinPath(host.extensionUri, 'dist');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = html(webview, size, dist);
  return { session, dispose: () => owned.dispose() };
}

function html(webview: vscode.Webview, size: 'narrow' | 'wide', dist: vscode.Uri): string {
  const uri = (...path: string[]) => webview.asWebviewUri(vscode.Uri.joinPath(dist, ...path)).toString();
  return pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(NONCE_BYTES).toString('base64'),
    script: uri('webview', 'dashboard.js'),
    styles: [uri('webview', 'codicon.css'), uri('webview', 'dashboard.css'), uri('media', 'dashboard.css')],
    size,
  });
}

/** Starting asks for everything itself; all other commands concern the run on the page. */
function runCommand(command: PageCommand, folder: string | undefined): void {
  const takesRun = command !== 'start' && command !== 'manageTrust';
  void vscode.commands.executeCommand(PALETTE_COMMANDS[command], ...(takesRun ? [folder] : []));
}
