/** Commands that delete runs, bring them back, and empty the trash; nothing is destroyed without a question. */
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatAge, formatBytes } from '../../domain/display/format';
import { isLive } from '../../domain/display/runLook';
import { HumanError } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { bytesBelow } from '../../runs/trash/bytes';
import type { SizedRun, TrashedRun } from '../../runs/trash/trash';
import { destroy, measureTrash, restoreRun, trashRun } from '../../runs/trash/trash';
import { runsFolders } from '../runsFolders';
import type { Services } from '../services';
import { counted } from '../views/tree/treeTexts';
import type { Called } from './pickRuns';
import { pickRuns } from './pickRuns';

const UNDO = l10n.t('Undo');
const EMPTY = l10n.t('The trash is empty.');

/** Moves runs to the trash and offers to undo that; runs that live stay, and are named. */
export async function deleteRuns(services: Services, called: Called): Promise<void> {
  const runs = await pickRuns(services, called, {
    title: l10n.t('Delete which run?'),
    none: l10n.t('There is no run to delete: live runs must be stopped first.'),
    // A row that lives is refused by name rather than passed over in silence.
    qualifies: (run) => typeof called.argument === 'string' || !isLive(run),
  });
  if (runs.length === 0) return;
  const done = await Promise.allSettled(runs.map(moveToTrash));
  const trashed = done.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = done.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
  if (trashed.length > 0) void offerUndo(services, trashed);
  if (failed.length > 0) throw combined(failed);
}

/** Brings deleted runs back. */
export async function restoreRuns({ context }: Services): Promise<void> {
  const items = (await everythingIn(context)).map((run) => ({
    label: run.id,
    description: l10n.t('{0}, deleted {1}', formatBytes(run.bytes), formatAge(run.trashedAt, Date.now())),
    run,
  }));
  if (items.length === 0) {
    inform(EMPTY);
    return;
  }
  const title = 'Restore which runs?';
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  for (const { run } of chosen ?? []) await restoreRun(run);
}

/** Destroys everything in the trash of this window's runs folders, once the user agrees. */
export async function emptyTrash({ context }: Services): Promise<void> {
  const runs = await everythingIn(context);
  if (runs.length === 0) {
    inform(EMPTY);
    return;
  }
  const size = formatBytes(runs.reduce((sum, { bytes }) => sum + bytes, 0));
  const button = l10n.t('Destroy {0}', counted(runs.length));
  const detail = l10n.t(
    'This frees {0} and cannot be undone: curves, checkpoints and logs are gone for good.',
    size,
  );
  const question = l10n.t('Empty the trash, with {0} in it?', counted(runs.length));
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  if (answer !== button) return;
  for (const folder of new Set(runs.map(runsFolderOf)))
    await destroy(
      folder,
      runs.filter((run) => runsFolderOf(run) === folder),
    );
  inform(l10n.t('The trash is empty: {0} are free again.', size));
}

async function moveToTrash({ folder, kind, name }: RunSummary): Promise<SizedRun> {
  if (kind === 'foreign')
    throw new HumanError(
      l10n.t('{0} was not written by SupCon Lab: remove its folder from the list instead.', name),
    );
  const bytes = await bytesBelow(folder);
  return { ...(await trashRun(folder)), bytes };
}

async function offerUndo({ store, log }: Services, trashed: readonly SizedRun[]): Promise<void> {
  const size = formatBytes(trashed.reduce((sum, { bytes }) => sum + bytes, 0));
  const what = trashed.length === 1 ? (trashed[0]?.id ?? '') : counted(trashed.length);
  log.info(`Moved to the trash: ${trashed.map(({ id }) => id).join(', ')}.`);
  const answer = await vscode.window.showInformationMessage(
    l10n.t('Moved {0} to the trash ({1}).', what, size),
    UNDO,
  );
  if (answer !== UNDO) return;
  const back = await Promise.allSettled(trashed.map(restoreRun));
  const [first] = back.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (first !== undefined) store.select(first);
  for (const result of back)
    if (result.status === 'rejected') void vscode.window.showErrorMessage(messageOf(result.reason));
}

async function everythingIn({ globalStorageUri }: vscode.ExtensionContext): Promise<SizedRun[]> {
  return (await Promise.all(runsFolders(globalStorageUri).map(measureTrash))).flat();
}

function runsFolderOf({ folder }: TrashedRun): string {
  return dirname(dirname(folder));
}

/** One error for all that failed; a defect among them counts as one. */
function combined(errors: readonly unknown[]): unknown {
  const defect = errors.find((error) => !(error instanceof HumanError));
  return defect ?? new HumanError(errors.map(messageOf).join(' '));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function inform(text: string): void {
  void vscode.window.showInformationMessage(text);
}
