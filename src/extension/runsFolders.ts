/** Where runs lie: below each workspace folder as the setting says, or in global storage without one. */
import * as vscode from 'vscode';
import { resolveRunsFolder } from '../runs/folder/runsFolder';
import { SETTING } from './constants';

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

function runsFolderBelow(folder: vscode.WorkspaceFolder): string {
  const named = vscode.workspace.getConfiguration(undefined, folder.uri).get<string>(SETTING.runsFolder);
  return resolveRunsFolder(folder.uri.fsPath, named);
}

function globalRunsFolder(globalStorage: vscode.Uri): string {
  return vscode.Uri.joinPath(globalStorage, 'runs').fsPath;
}
