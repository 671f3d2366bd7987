/** The runs table in the editor area: one tab for all runs of the window. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../domain/errors';
import type { TableFormat } from '../../domain/runsTable/tableText';
import { parseTableLayout } from '../../protocol/pages/table';
import { COMMAND, VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import { loadPage } from '../page/load';
import { callOf } from '../page/tableCommands';
import type { TableRequest, TableSource } from '../page/tableSession';
import { TableSession } from '../page/tableSession';
import type { PagePanelHost, PageTab } from './pagePanels';
import { PagePanels } from './pagePanels';

const LAYOUT_KEY = 'supcon.tableLayout';
const TITLE = l10n.t('Runs');

const FILE_KINDS: Readonly<Record<TableFormat, { readonly name: string; readonly ending: string }>> = {
  csv: { name: 'CSV', ending: 'csv' },
  markdown: { name: 'Markdown', ending: 'md' },
  text: { name: l10n.t('Tab-separated text'), ending: 'tsv' },
};

/** The table of this window. */
export class TablePanel implements Disposable {
  readonly #panels: PagePanels;
  readonly #host: PagePanelHost;
  readonly #source: TableSource;
  readonly #read: () => Disposable;

  /** @param read reads what the source has beside the lists; called for each open table, and disposed with it */
  constructor(host: PagePanelHost, source: TableSource, read: () => Disposable) {
    this.#host = host;
    this.#source = source;
    this.#read = read;
    const kind = {
      viewType: VIEW.tablePanel,
      keyOf: () => undefined,
      fill: (tab: PageTab) => this.#fill(tab),
    };
    this.#panels = new PagePanels(kind, this.#host);
  }

  /** Opens the table, or brings it to the front. */
  open(): void {
    this.#panels.open(undefined, TITLE);
  }

  dispose(): void {
    this.#panels.dispose();
  }

  #fill({ panel }: PageTab): Disposable {
    const owned = new DisposableStore();
    const { memento, log, extensionUri } = this.#host;
    const port = {
      post: (message: unknown) => panel.webview.postMessage(message),
      handle: (request: TableRequest) => this.#handle(request),
      reject: () =>
        log.warn('The runs table sent a message that this version does not know; it was dropped.'),
    };
    const layout = () => parseTableLayout(memento.get(LAYOUT_KEY));
    const session = owned.add(new TableSession(port, this.#source, layout));
    session.setTrusted(vscode.workspace.isTrusted);
    session.setVisible(panel.visible);
    owned.add(panel.onDidChangeViewState(() => session.setVisible(panel.visible)));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.setTrusted(true)));
    owned.add(panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
    if (vscode.workspace.isTrusted) owned.add(this.#read());
    loadPage(panel.webview, { page: 'table', size: 'wide', extensionUri });
    return owned;
  }

  #handle(request: TableRequest): void {
    switch (request.type) {
      case 'layout':
        void this.#host.memento.update(LAYOUT_KEY, request.layout);
        break;
      case 'action': {
        const call = callOf(request.action, request.folders);
        if (call) void vscode.commands.executeCommand(...call);
        break;
      }
      case 'copy':
        void vscode.env.clipboard.writeText(request.text);
        break;
      case 'export':
        void guarded(this.#host.log, l10n.t('Exporting runs'), () =>
          exportText(request.format, request.text),
        );
        break;
      case 'start':
        void vscode.commands.executeCommand(COMMAND.startRun);
        break;
      case 'manageTrust':
        void vscode.commands.executeCommand('workbench.trust.manage');
        break;
    }
  }
}

async function exportText(format: TableFormat, text: string): Promise<void> {
  const { name, ending } = FILE_KINDS[format];
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export runs'),
    filters: { [name]: [ending] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, `runs.${ending}`) } : {}),
  });
  if (target) await writeOrExplain(target, text);
}

async function writeOrExplain(target: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new HumanError(
      l10n.t('{0} could not be written ({1}): choose another place.', target.fsPath, cause),
    );
  }
}
