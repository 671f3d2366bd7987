/** Adds and removes folders with runs of others: a setting of the workspace, so that colleagues see them too. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../domain/errors';
import { findForeign } from '../../runs/foreign/findForeign';
import { SETTING } from '../constants';
import type { Services } from '../services';
import { counted } from '../views/tree/treeTexts';

/** Adds a folder: the one that was clicked, or one that is asked for. */
export async function addForeignFolder(_: Services, argument: unknown): Promise<void> {
  const folder = argument instanceof vscode.Uri ? argument : await askForFolder();
  if (folder === undefined) return;
  const runs = await findForeign(folder.fsPath);
  if (runs.length === 0)
    throw new HumanError(
      l10n.t(
        'There are no runs in {0}: choose a folder with TensorBoard event files, metrics.csv or .jsonl files below it.',
        folder.fsPath,
      ),
    );
  const home = homeOf(folder);
  const text = portable(folder.fsPath, home);
  const named = foldersOf(home);
  if (!named.includes(text)) await write(home, [...named, text]);
  void vscode.window.showInformationMessage(
    l10n.t('{0}: {1}. Nothing is written there.', text, counted(runs.length)),
  );
}

/** Removes a folder from the list: the one that was clicked, or one that is asked for. */
export async function removeForeignFolder(_: Services, argument: unknown): Promise<void> {
  const home = homeOf(argument instanceof vscode.Uri ? argument : undefined);
  const named = foldersOf(home);
  const clicked = argument instanceof vscode.Uri ? argument.fsPath : undefined;
  const isClicked = (text: string) => clicked !== undefined && resolve(base(home), text) === clicked;
  const chosen =
    named.find(isClicked) ??
    (await vscode.window.showQuickPick(named, { title: l10n.t('Remove Folder of Runs') }));
  if (chosen !== undefined)
    await write(
      home,
      named.filter((text) => text !== chosen),
    );
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
  const options = { canSelectFolders: true, canSelectFiles: false, openLabel: l10n.t('Add runs') };
  const picked = await vscode.window.showOpenDialog({ ...options, title: l10n.t('Add Folder of Runs') });
  return picked?.[0];
}

/** The workspace folder whose settings name the folder. */
function homeOf(folder: vscode.Uri | undefined): vscode.WorkspaceFolder | undefined {
  const around = folder === undefined ? undefined : vscode.workspace.getWorkspaceFolder(folder);
  return around ?? vscode.workspace.workspaceFolders?.[0];
}

function foldersOf(home: vscode.WorkspaceFolder | undefined): string[] {
  const named = vscode.workspace.getConfiguration(undefined, home?.uri).get<unknown>(SETTING.foreignFolders);
  return Array.isArray(named) ? named.filter((each): each is string => typeof each === 'string') : [];
}

async function write(home: vscode.WorkspaceFolder | undefined, folders: readonly string[]): Promise<void> {
  const target =
    home === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.WorkspaceFolder;
  await vscode.workspace
    .getConfiguration(undefined, home?.uri)
    .update(SETTING.foreignFolders, folders, target);
}

function base(home: vscode.WorkspaceFolder | undefined): string {
  return home?.uri.fsPath ?? '/';
}

/** Relative to the workspace where it lies below it, so that the setting can be committed. */
function portable(path: string, home: vscode.WorkspaceFolder | undefined): string {
  const below = home === undefined ? '' : relative(home.uri.fsPath, path);
  const isBelow = below !== '' && !below.startsWith('..') && !isAbsolute(below);
  return isBelow ? below.split(sep).join('/') : path;
}
