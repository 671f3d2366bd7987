/** A line above every configuration file that starts it, or shows what its recipe does to images. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { COMMAND, CONFIGURATION_GLOB } from '../constants';
import type { Disposable } from '../disposable';

/** Registers the lens, for saved and for unsaved files. */
export function registerStartLens(): Disposable {
  const selector = ['file', 'untitled'].map((scheme) => ({ scheme, pattern: CONFIGURATION_GLOB }));
  return vscode.languages.registerCodeLensProvider(selector, { provideCodeLenses: lensesOf });
}

function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  const top = new vscode.Range(0, 0, 0, 0);
  return [
    { command: COMMAND.startRun, title: `$(play) ${l10n.t('Start SupCon run')}`, arguments: [document.uri] },
    { command: COMMAND.previewViews, title: `$(eye) ${l10n.t('Preview views')}`, arguments: [document.uri] },
  ].map((command) => new vscode.CodeLens(top, command));
}
