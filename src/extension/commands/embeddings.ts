/** Commands that show embeddings as maps. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../domain/errors';
import type { Services } from '../services';
import { pickEmbeddingsFile } from '../views/projectorPanels';
import { pickOtherRun, pickRun } from './pickRun';
import type { Called } from './pickRuns';
import { calledRuns } from './pickRuns';

/** Opens the map of a run. */
export async function inspectEmbeddings({ store, projectors }: Services, argument: unknown): Promise<void> {
  const run = await pickRun(store, argument, {
    title: l10n.t('Inspect the embeddings of which run?'),
    none: l10n.t('There is no run yet: start one with "SupCon: Start SupCon Run".'),
    qualifies: () => true,
  });
  if (run) projectors.open([run.folder]);
}

/** Opens the maps of two runs beside each other: those selected, or those that the user picks. */
export async function compareEmbeddings(services: Services, called: Called): Promise<void> {
  const { store, projectors } = services;
  const [first, second, ...more] = calledRuns(services, called);
  if (more.length > 0)
    throw new HumanError(l10n.t('Embeddings are compared two at a time: select two runs.'));
  if (store.runs.length < 2)
    throw new HumanError(
      l10n.t('A comparison needs two runs: start another one with "SupCon: Start SupCon Run".'),
    );
  const left = first ?? (await pickOtherRun(store, [], l10n.t('Compare the embeddings of which run?')));
  if (left === undefined) return;
  const right = second ?? (await pickOtherRun(store, [left.folder], l10n.t('Compare it with which run?')));
  if (right !== undefined) projectors.open([left.folder, right.folder]);
}

/** Opens the map of a file: the one in the explorer, or one that is asked for. */
export async function openEmbeddingsFile({ projectors }: Services, argument: unknown): Promise<void> {
  const file = argument instanceof vscode.Uri ? argument : await pickEmbeddingsFile();
  if (file !== undefined) projectors.open([file.fsPath]);
}
