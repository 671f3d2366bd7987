/** Preview Views: what the recipe of a configuration file does to images of its training set. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CONFIGURATION_SUFFIX } from '../constants';
import type { Services } from '../services';
import { saved } from './files';
import { pickConfigurationFile } from './pickConfiguration';

/** Opens the preview of the file given, of the one in front, or of one that is asked for. */
export async function previewViews({ previews }: Services, argument: unknown): Promise<void> {
  const file = argument instanceof vscode.Uri ? argument : await fileInFrontOrPicked();
  if (file !== undefined) previews.open(await saved(file));
}

async function fileInFrontOrPicked(): Promise<vscode.Uri | undefined> {
  const front = vscode.window.activeTextEditor?.document.uri;
  if (front?.fsPath.endsWith(CONFIGURATION_SUFFIX) === true) return front;
  return pickConfigurationFile(l10n.t('Preview Views'));
}
