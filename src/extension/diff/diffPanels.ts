/** Diffs in the editor area, one for each choice of runs or configuration files. */
import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunDiff } from '../../domain/diff/runDiff';
import { causeChain, HumanError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { compareConfigurationFiles, compareRunFolders } from '../../runs/diff/compare';
import type { CurveMessage } from '../../protocol/pages/diff';
import { commandLineProgram } from '../commands/starterProgram';
import { COMMAND, CONFIGURATION_SUFFIX, VIEW } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import { loadPage } from '../page/load';
import { readSettings } from '../../runs/index/record';
import type { RunStore } from '../runs/runStore';
import { readSamplePictures } from '../runs/samplePictures';
import { whenLoaded } from '../runs/whenLoaded';
import type { SharedNumbers } from '../runs/sharedNumbers';
import type { SelectionBus } from '../selectionBus';
import type { PagePanelHost, PageTab } from '../views/pagePanels';
import { PagePanels } from '../views/pagePanels';
import { actOnDiff } from './actions';
import { changedOnMap } from './changedOnMap';
import { keysOf, savedKeys, tabKeyOf, titleOf } from './compared';
import type { DiffPort } from './diffSession';
import { DiffSession } from './diffSession';
import { DiffCurves } from './diffCurves';
import { DiffPictures } from './diffPictures';

/** What the messages of a tab's page are handed to. */
interface TabParts {
  readonly curves: DiffCurves;
  readonly rebase: (column: number) => void;
  readonly pictures: DiffPictures;
}

/** What the tabs need of the extension. */
export interface DiffHost extends PagePanelHost {
  readonly context: vscode.ExtensionContext;
  readonly bus: SelectionBus;
}

/** The diffs of this window. */
export class DiffPanels implements Disposable {
  readonly #panels: PagePanels;
  readonly #host: DiffHost;
  readonly #store: RunStore;
  readonly #numbers: SharedNumbers;

  constructor(host: DiffHost, store: RunStore, numbers: SharedNumbers) {
    this.#host = host;
    this.#store = store;
    this.#numbers = numbers;
    const keyOf = (state: unknown) => {
      const keys = savedKeys(state);
      return keys && tabKeyOf(keys);
    };
    const fill = (tab: PageTab) => this.#fill(tab);
    this.#panels = new PagePanels({ viewType: VIEW.diffPanel, keyOf, fill }, host);
  }

  /** Opens the diff of run folders or configuration files, the baseline first, or brings it to the front. */
  open(keys: readonly string[]): void {
    this.#panels.open(tabKeyOf(keys), titleOf(this.#namesOf(keys)));
  }

  dispose(): void {
    this.#panels.dispose();
  }

  #fill(tab: PageTab): Disposable {
    const { panel } = tab;
    const owned = new DisposableStore();
    let keys = keysOf(tab.key);
    const describe = () => tab.describe(titleOf(this.#namesOf(keys)), tabKeyOf(keys));
    const rebase = (column: number) => {
      const baseline = keys[column];
      if (baseline !== undefined) keys = [baseline, ...keys.filter((key) => key !== baseline)];
      describe();
      session.refresh();
    };
    const curves = owned.add(this.#curvesOf(panel));
    const compare = async () => {
      const diff = await this.#compare(keys);
      curves.show(keys.flatMap((key) => this.#store.get(key) ?? []));
      return diff;
    };
    const pictures = owned.add(this.#picturesOf(panel));
    const session = owned.add(new DiffSession(this.#portOf(panel, { rebase, curves, pictures }), compare));
    owned.add(panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message)));
    const tellVisible = () => {
      session.setVisible(panel.visible);
      curves.setVisible(panel.visible);
    };
    owned.add(panel.onDidChangeViewState(tellVisible));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => session.refresh()));
    owned.add(
      this.#onStateOf(
        () => keys,
        () => session.refresh(),
      ),
    );
    tellVisible();
    loadPage(panel.webview, { page: 'diff', size: 'wide', extensionUri: this.#host.extensionUri });
    return owned;
  }

  #curvesOf({ webview }: vscode.WebviewPanel): DiffCurves {
    const port = {
      post: (message: CurveMessage) => webview.postMessage(message),
      readParameters: readSettings,
    };
    return new DiffCurves(port, () => this.#numbers.lease());
  }

  #picturesOf({ webview }: vscode.WebviewPanel): DiffPictures {
    const { context, log } = this.#host;
    return new DiffPictures({
      post: (message) => webview.postMessage(message),
      read: (wanted, signal) => readSamplePictures(commandLineProgram(context), wanted, signal),
      fail: (thrown) => log.error(`Reading pictures of samples: ${causeChain(thrown)}`),
    });
  }

  #portOf(panel: vscode.WebviewPanel, { rebase, curves, pictures }: TabParts): DiffPort {
    const { log } = this.#host;
    return {
      post: (message) => panel.webview.postMessage(message),
      act: (request, diff) => {
        if (request.type === 'makeBaseline') rebase(request.column);
        else if (request.type === 'pictures') void pictures.show(request.column, diff);
        else if (request.type === 'compareEmbeddings')
          void guarded(log, l10n.t('Comparing embeddings'), () => this.#openMaps(panel, diff));
        else void guarded(log, l10n.t('Opening what a comparison names'), () => actOnDiff(request, diff));
      },
      curves: (message) => curves.receive(message),
      reject: () => log.warn('A page sent a message that this version does not know; it was dropped.'),
      fail: (thrown) => log.error(`Comparing runs: ${causeChain(thrown)}`),
    };
  }

  async #openMaps(from: object, diff: RunDiff): Promise<void> {
    const changed = changedOnMap(diff);
    const runs = changed?.asked?.runs;
    if (changed === undefined || runs === undefined) return;
    await this.#host.bus.ask(from, changed, () =>
      vscode.commands.executeCommand(COMMAND.compareEmbeddings, runs[0], runs),
    );
  }

  /** Only runs of this window's runs folders, and configuration files, are read, whatever a saved state says. */
  async #compare(keys: readonly string[]): Promise<RunDiff> {
    if (!vscode.workspace.isTrusted)
      throw new HumanError(l10n.t('This workspace is not trusted: trust it to read its runs.'));
    if (keys.every((key) => key.endsWith(CONFIGURATION_SUFFIX))) return compareConfigurationFiles(keys);
    await whenLoaded(this.#store);
    const gone = keys.find((key) => this.#store.get(key) === undefined);
    if (gone !== undefined)
      throw new HumanError(
        l10n.t('There is no run {0} here: it was deleted or moved; compare others.', basename(gone)),
      );
    return compareRunFolders(keys, (folder) => this.#store.get(folder));
  }

  /** Calls back when one of these runs begins or ends. */
  #onStateOf(keys: () => readonly string[], changed: () => void): Disposable {
    const statesOf = (runs: readonly RunSummary[]) =>
      runs
        .filter(({ folder }) => keys().includes(folder))
        .map(({ folder, state, name }) => [folder, state, name]);
    let before = JSON.stringify(statesOf(this.#store.runs));
    return this.#store.onDidChange((runs) => {
      const now = JSON.stringify(statesOf(runs));
      if (now !== before) changed();
      before = now;
    });
  }

  #namesOf(keys: readonly string[]): string[] {
    return keys.map((key) => this.#store.get(key)?.name ?? basename(key));
  }
}
