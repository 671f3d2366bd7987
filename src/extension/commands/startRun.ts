/** Start SupCon Run: a configuration, a data set, and a run that the side bar shows. */
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isObject } from '../../domain/configuration/override';
import { hasCommand } from '../../domain/configuration/parse';
import type { PartialConfiguration } from '../../domain/configuration/schema';
import { parse } from 'jsonc-parser';
import { alertDefaults } from '../alertSettings';
import { runsFolderFor } from '../runsFolders';
import type { StartRequest } from '../runs/starter';
import { startWithConsent } from '../runs/starter';
import type { Services } from '../services';
import { saved, writePreset } from './files';
import type { ConfigurationChoice } from './pickConfiguration';
import { pickConfiguration } from './pickConfiguration';
import type { DatasetAnswer } from './pickDataset';
import { pickDataset } from './pickDataset';
import { revealSideBar } from './runCommands';
import { agrees } from './consent';
import { starterProgram } from './starterProgram';

const TITLE = l10n.t('Start SupCon Run');

/** Asks what is open, writes a preset to a file, and starts. A file given as argument starts as it is. */
export async function startRun(services: Services, argument: unknown): Promise<void> {
  if (argument instanceof vscode.Uri) return start(services, await saved(argument), 'own');
  const choice = await pickConfiguration(TITLE);
  if (!choice) return;
  const own = await ownDataset(choice);
  // A command reads its own data, so there is nothing to ask.
  const dataset = own === undefined ? 'own' : await pickDataset(TITLE, own);
  if (dataset === undefined) return;
  if (choice.type === 'file') return start(services, await saved(choice.uri), dataset);
  const file = await writePreset(services.context, choice.preset, dataset === 'own' ? undefined : dataset);
  await start(services, file, 'own');
}

async function start(services: Services, file: vscode.Uri, dataset: DatasetAnswer): Promise<void> {
  const { context, store } = services;
  const request: StartRequest = {
    source: file.fsPath,
    runsFolder: runsFolderFor(file, context.globalStorageUri),
    ...alertDefaults(file),
    ...datasetChanges(dataset),
  };
  const program = starterProgram(context, dirname(file.fsPath));
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Starting {0}: checking configuration and data', vscode.workspace.asRelativePath(file)),
  };
  await revealSideBar();
  const started = await vscode.window.withProgress(progress, () =>
    startWithConsent(program, request, agrees),
  );
  if (started === undefined) return;
  services.log.info(`Started ${started.id} from ${file.fsPath}. ${started.note ?? ''}`);
  if (started.sweepRuns === undefined) store.select(started.folder);
  else
    inform(l10n.t('The sweep {0} has begun: {1} runs, one after the other.', started.id, started.sweepRuns));
}

function inform(text: string): void {
  void vscode.window.showInformationMessage(text);
}

function datasetChanges(dataset: DatasetAnswer): Pick<StartRequest, 'data' | 'set'> {
  if (dataset === 'own') return {};
  const kind = `dataset.kind=${dataset.kind}`;
  return dataset.path === '' ? { set: [kind, 'dataset.path=""'] } : { data: dataset.path, set: [kind] };
}

/** What the configuration says of its data, for the quick pick; undefined for a command. */
async function ownDataset(choice: ConfigurationChoice): Promise<string | undefined> {
  if (choice.type === 'preset') return describeDataset(choice.preset.configuration);
  const bytes = await vscode.workspace.fs.readFile(choice.uri);
  const value: unknown = parse(new TextDecoder().decode(bytes));
  if (hasCommand(value)) return undefined;
  return isObject(value) ? describeDataset(value) : '';
}

function describeDataset(configuration: PartialConfiguration | Record<string, unknown>): string {
  const dataset: unknown = configuration.dataset;
  if (!isObject(dataset)) return l10n.t('generated shapes');
  const kind = typeof dataset['kind'] === 'string' ? dataset['kind'] : 'generated';
  const path = typeof dataset['path'] === 'string' ? dataset['path'] : '';
  return path === '' ? kind : l10n.t('{0} in {1}', kind, path);
}
