/** Where runs lie, ours and those of others: below each workspace folder as the setting says, or in global storage without one. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { resolveRunsFolder } from '../runs/folder/runsFolder';
import { SETTING } from './constants';
import type { ForeignPlace } from './runs/backend';

/** Every runs folder of this window. */
export function runsFolders(globalStorage: vscode.Uri): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length === 0 ? [globalRunsFolder(globalStorage)] : folders.map(runsFolderBelow);
}

/** The runs folder for a configuration file: that of the workspace folder it lies in, or of the first. */
export function runsFolderFor(file: vscode.Uri, globalStorage: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(file) ?? vscode.workspace.workspaceFolders?.[0];
  return folder ? runsFolderBelow(folder) : globalRunsFolder(globalStorage);
}

/** Every folder with runs of others that the settings of this window name, with the runs folder beside it. */
export function foreignPlaces(globalStorage: vscode.Uri): ForeignPlace[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return placesOf(undefined, homedir(), globalRunsFolder(globalStorage));
  return folders.flatMap((folder) => placesOf(folder.uri, folder.uri.fsPath, runsFolderBelow(folder)));
}

function placesOf(scope: vscode.Uri | undefined, base: string, runsFolder: string): ForeignPlace[] {
  const named = vscode.workspace.getConfiguration(undefined, scope).get<unknown>(SETTING.foreignFolders);
  const texts = Array.isArray(named) ? named.filter((each) => typeof each === 'string' && each !== '') : [];
  return texts.map((text: string) => ({ root: resolve(base, text), runsFolder }));
}

function runsFolderBelow(folder: vscode.WorkspaceFolder): string {
  const named = vscode.workspace.getConfiguration(undefined, folder.uri).get<string>(SETTING.runsFolder);
  return resolveRunsFolder(folder.uri.fsPath, named);
}

function globalRunsFolder(globalStorage: vscode.Uri): string {
  return vscode.Uri.joinPath(globalStorage, 'runs').fsPath;
}
