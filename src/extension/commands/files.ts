/** Configuration files that the extension writes into the workspace, so that they can be committed. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Preset } from '../../domain/configuration/presets/preset';
import { HumanError } from '../../domain/errors';
import { CONFIGURATION_SUFFIX } from '../constants';
import type { DatasetChoice } from '../runs/configurationFile';
import { fileNameFor, freeName, presetText } from '../runs/configurationFile';

/** Writes a preset to a new file and returns it. */
export async function writePreset(
  context: vscode.ExtensionContext,
  preset: Preset,
  dataset: DatasetChoice | undefined,
): Promise<vscode.Uri> {
  const folder = await homeOfConfigurations(context);
  const file = await freeFile(folder, fileNameFor(preset.name));
  const text = presetText(preset, dataset, folder.fsPath);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

/** The first workspace folder, or global storage where none is open. */
export async function homeOfConfigurations(context: vscode.ExtensionContext): Promise<vscode.Uri> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (first) return first.uri;
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'configurations');
  await vscode.workspace.fs.createDirectory(folder);
  return folder;
}

/** A file of this name, or of this name with a number, that does not exist. */
export async function freeFile(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  const file = (candidate: string) => vscode.Uri.joinPath(folder, candidate);
  return file(await freeName(name, (candidate) => exists(file(candidate))));
}

/** A run reads the file, so what stands in the editor is saved first. */
export async function saved(uri: vscode.Uri): Promise<vscode.Uri> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (!document || (!document.isDirty && !document.isUntitled)) return uri;
  if (!(await document.save())) {
    throw new HumanError(
      l10n.t('{0} could not be saved: save it as *{1} and try again.', uri.fsPath, CONFIGURATION_SUFFIX),
    );
  }
  return uri.with({ scheme: 'file' });
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
