/** Previews of the views of a configuration in the editor area, one for each file. */
import { basename, dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { agrees } from '../commands/consent';
import { commandLineProgram } from '../commands/starterProgram';
import { COMMAND, CONFIGURATION_SUFFIX, VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { loadPage } from '../page/load';
import type { ViewsCommand } from '../page/viewsSession';
import { ViewsSession } from '../page/viewsSession';
import { startPreview } from '../runs/previewProcess';
import { runsFolderFor } from '../runsFolders';
import type { PageTab } from './pagePanels';
import { PagePanels } from './pagePanels';
import { savedFile } from './panelState';

/** What the previews need of the extension. */
export interface PreviewHost {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
}

/** The previews of this window. */
export class PreviewPanels implements Disposable {
  readonly #panels: PagePanels;
  readonly #host: PreviewHost;

  constructor(host: PreviewHost) {
    this.#host = host;
    const { extensionUri, workspaceState: memento } = host.context;
    const kind = {
      viewType: VIEW.viewsPanel,
      keyOf: savedFile,
      fill: (tab: PageTab) => this.#fill(tab),
    };
    this.#panels = new PagePanels(kind, { extensionUri, log: host.log, memento });
  }

  /** Opens the preview of a configuration file, or brings it to the front. */
  open(file: vscode.Uri): void {
    this.#panels.open(file.fsPath, titleOf(basename(file.fsPath)), vscode.ViewColumn.Beside);
  }

  dispose(): void {
    this.#panels.dispose();
  }

  #fill(tab: PageTab): Disposable {
    const { panel, key } = tab;
    const owned = new DisposableStore();
    if (key === undefined) {
      panel.dispose();
      return owned;
    }
    const file = vscode.Uri.file(key);
    const session = owned.add(
      new ViewsSession({
        file: key,
        post: (message) => void panel.webview.postMessage(message),
        start: (listener) => this.#start(file, listener),
        agree: (modules) => agrees({ modules }),
        run: (command) => runCommand(command, file),
        named: (name) => tab.describe(titleOf(name), key),
        report: (problem) => this.#host.log.warn(problem.message),
      }),
    );
    owned.add(panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
    owned.add(whenChanged(file, () => session.reload()));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.setTrusted(true)));
    session.setTrusted(vscode.workspace.isTrusted);
    loadPage(panel.webview, { page: 'views', size: 'wide', extensionUri: this.#host.context.extensionUri });
    return owned;
  }

  #start(file: vscode.Uri, listener: Parameters<typeof startPreview>[2]): ReturnType<typeof startPreview> {
    const { context } = this.#host;
    const program = { ...commandLineProgram(context), workingFolder: dirname(file.fsPath) };
    const runsFolder = runsFolderFor(file, context.globalStorageUri);
    return startPreview(program, { file: file.fsPath, runsFolder }, listener);
  }
}

/** Saved in this editor, or written by anybody else. */
function whenChanged(file: vscode.Uri, act: () => void): Disposable {
  const folder = vscode.Uri.file(dirname(file.fsPath));
  const pattern = new vscode.RelativePattern(folder, basename(file.fsPath));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  watcher.onDidChange(act);
  watcher.onDidCreate(act);
  return watcher;
}

function titleOf(name: string): string {
  return l10n.t('Views: {0}', name.replace(CONFIGURATION_SUFFIX, ''));
}

function runCommand(command: Exclude<ViewsCommand, 'reload'>, file: vscode.Uri): void {
  if (command === 'openFile')
    void vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
  else if (command === 'start') void vscode.commands.executeCommand(COMMAND.startRun, file);
  else void vscode.commands.executeCommand('workbench.trust.manage');
}
