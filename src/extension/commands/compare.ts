/** Commands that lay runs, or configuration files, side by side. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../../domain/run/state';
import { HumanError } from '../../domain/errors';
import { CONFIGURATION_EXCLUDE, CONFIGURATION_GLOB, CONFIGURATION_SUFFIX } from '../constants';
import type { Services } from '../services';
import { describeRow } from '../views/runItem';
import type { Called } from './pickRuns';
import { calledRuns } from './pickRuns';

/** Compares runs: those selected in the tree, or those that the user picks, the named one among them. */
export async function compareRuns(services: Services, called: Called): Promise<void> {
  const { store, diffs } = services;
  const chosen = calledRuns(services, called).map(({ folder }) => folder);
  if (chosen.length >= 2) {
    diffs.open(chosen);
    return;
  }
  if (store.runs.length < 2)
    throw new HumanError(
      l10n.t('A comparison needs two runs: start another one with "SupCon: Start SupCon Run".'),
    );
  const picked = await pickSeveral(store.runs, chosen[0]);
  if (picked !== undefined) diffs.open(picked);
}

/** Compares configuration files: those selected in the explorer, or those that the user picks. */
export async function compareConfigurations({ diffs }: Services, { selection }: Called): Promise<void> {
  const files = Array.isArray(selection) ? selection.filter((each) => each instanceof vscode.Uri) : [];
  const chosen = files
    .filter(({ fsPath }) => fsPath.endsWith(CONFIGURATION_SUFFIX))
    .map(({ fsPath }) => fsPath);
  const keys = chosen.length >= 2 ? chosen : await pickFiles();
  if (keys !== undefined) diffs.open(keys);
}

/** Folders of at least two runs in the order of the list, the named one first as the baseline. */
async function pickSeveral(
  runs: readonly RunSummary[],
  named: string | undefined,
): Promise<string[] | undefined> {
  const items = runs.map((run) => {
    const { icon, description } = describeRow(run);
    return { label: `$(${icon}) ${run.name}`, description, folder: run.folder, picked: run.folder === named };
  });
  const title = l10n.t('Compare which runs? The oldest is the baseline.');
  const chosen = await several(items, named === undefined ? title : l10n.t('Compare it with which runs?'));
  const folders = chosen?.map(({ folder }) => folder).reverse();
  if (folders === undefined || named === undefined) return folders;
  return [named, ...folders.filter((folder) => folder !== named)];
}

async function pickFiles(): Promise<string[] | undefined> {
  const found = await vscode.workspace.findFiles(CONFIGURATION_GLOB, CONFIGURATION_EXCLUDE);
  if (found.length < 2)
    throw new HumanError(
      l10n.t('A comparison needs two *{0} files: write another one first.', CONFIGURATION_SUFFIX),
    );
  const items = found.map((file) => ({ label: vscode.workspace.asRelativePath(file), path: file.fsPath }));
  return (await several(items, l10n.t('Compare which configurations?')))?.map(({ path }) => path);
}

/** At least two of the items; undefined if the user turns away. */
async function several<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  title: string,
): Promise<readonly Item[] | undefined> {
  const options = { title, canPickMany: true, matchOnDescription: true } as const;
  const chosen = await vscode.window.showQuickPick(items, options);
  if (chosen === undefined) return undefined;
  if (chosen.length < 2) throw new HumanError(l10n.t('A comparison needs two: pick another one.'));
  return chosen;
}
