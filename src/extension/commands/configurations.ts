/** Commands that open a configuration to be edited: a new one, or that of an earlier run. */
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isObject } from '../../domain/configuration/override';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import { againText, fileNameFor } from '../runs/configurationFile';
import type { Services } from '../services';
import { freeFile, homeOfConfigurations, writePreset } from './files';
import { pickPreset } from './pickConfiguration';
import { pickRun } from './pickRun';

/** Writes a preset to a file and opens it. */
export async function newConfiguration({ context }: Services): Promise<void> {
  const preset = await pickPreset(l10n.t('New Configuration'));
  if (preset) await vscode.window.showTextDocument(await writePreset(context, preset, undefined));
}

/** Opens an unsaved copy of a run's configuration; the lens above it starts it. */
export async function startAgainWithChanges({ context, store }: Services, argument: unknown): Promise<void> {
  const run = await pickRun(store, argument, {
    title: l10n.t('Start which run again?'),
    none: l10n.t('There is no run yet: start one with "SupCon: Start SupCon Run".'),
    qualifies: () => true,
  });
  if (!run) return;
  const config = await readConfig(run.folder);
  const folder = await homeOfConfigurations(context);
  const file = await freeFile(folder, fileNameFor(run.name));
  const untitled = file.with({ scheme: 'untitled' });
  const document = await vscode.workspace.openTextDocument(untitled);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    untitled,
    new vscode.Range(0, 0, document.lineCount, 0),
    againText(config, run.name, folder.fsPath),
  );
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
}

async function readConfig(folder: string): Promise<Record<string, unknown>> {
  const file = vscode.Uri.file(join(folder, RUN_FILE.config));
  const bytes = await vscode.workspace.fs.readFile(file).then(
    (read) => read,
    () => undefined,
  );
  const value = bytes === undefined ? undefined : parseJson(new TextDecoder().decode(bytes));
  if (!isObject(value)) {
    throw new HumanError(
      l10n.t('The configuration {0} cannot be read: start from a preset instead.', file.fsPath),
    );
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
