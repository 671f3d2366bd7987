/** Commands about one run that exists: stop, resume, look at it. */
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { canStop, isLive } from '../../domain/display/runLook';
import { RUN_FILE } from '../../domain/run/layout';
import { HumanError } from '../../domain/errors';
import { VIEW } from '../constants';
import type { Services } from '../services';
import { startWithConsent } from '../runs/starter';
import { agrees } from './consent';
import { pickRun } from './pickRun';
import type { Called } from './pickRuns';
import { calledRuns } from './pickRuns';
import { starterProgram } from './starterProgram';

/** Asks a live run to stop; its page shows how the request goes. */
export async function stopRun({ store, backend }: Services, argument: unknown): Promise<void> {
  const run = await pickRun(store, argument, {
    title: l10n.t('Stop which run?'),
    none: l10n.t('No run can be stopped: none is live.'),
    qualifies: canStop,
  });
  if (!run) return;
  // What was stopped stays in view, even if another run takes its turn.
  store.select(run.folder);
  await backend.requestStop(run.folder);
}

/** Resumes an ended run from its newest checkpoint. */
export async function resumeRun(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services.store, argument, {
    title: l10n.t('Resume which run?'),
    none: l10n.t('No run can be resumed: none was interrupted after its first checkpoint.'),
    qualifies: (candidate) => candidate.resumable && !isLive(candidate),
  });
  if (!run) return;
  const location = { location: vscode.ProgressLocation.Window, title: l10n.t('Resuming {0}', run.name) };
  const program = starterProgram(services.context, services.context.extensionPath);
  const resumed = await vscode.window.withProgress(location, () =>
    startWithConsent(program, { resume: run.folder }, agrees),
  );
  if (resumed !== undefined) services.store.select(run.folder);
}

/** Opens the dashboard of a run in the editor area, or of several over each other. */
export async function openDashboard(services: Services, called: Called): Promise<void> {
  const { store, panels } = services;
  const several = calledRuns(services, called);
  if (several.length > 1) {
    panels.overlay(several);
    return;
  }
  // A run that the tree's filter hides is none of its rows, and is opened all the same.
  const named = several[0]?.folder ?? called.argument ?? store.shown?.folder;
  const run = await pickRun(store, named, {
    title: l10n.t('Open the dashboard of which run?'),
    none: l10n.t('There is no run yet: start one with "SupCon: Start SupCon Run".'),
    qualifies: () => true,
  });
  if (run) panels.open(run);
}

/** Opens the table of all runs. */
export function openTable({ table }: Services): Promise<void> {
  table.open();
  return Promise.resolve();
}

/** Shows the run folder in the file manager, or in the explorer where there is none. */
export async function revealRunFolder({ store }: Services, argument: unknown): Promise<void> {
  const run = await pickRun(store, argument, {
    ...ANY_RUN,
    title: l10n.t('Reveal the folder of which run?'),
  });
  if (!run) return;
  const isLocal = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  await vscode.commands.executeCommand(
    isLocal ? 'revealFileInOS' : 'revealInExplorer',
    vscode.Uri.file(run.folder),
  );
}

/** Opens the trainer's log. */
export async function showLog({ store }: Services, argument: unknown): Promise<void> {
  const run = await pickRun(store, argument, { ...ANY_RUN, title: l10n.t('Show the log of which run?') });
  if (!run) return;
  const log = vscode.Uri.file(join(run.folder, RUN_FILE.log));
  try {
    await vscode.window.showTextDocument(log, { preview: true });
  } catch {
    throw new HumanError(l10n.t('The run {0} has no log yet: it appears when its keeper starts.', run.name));
  }
}

/** Brings the side bar's dashboard to the front without taking the focus from an editor. */
export async function revealSideBar(): Promise<void> {
  await vscode.commands.executeCommand(`${VIEW.dashboard}.focus`);
}

const ANY_RUN = {
  none: l10n.t('There is no run yet: start one with "SupCon: Start SupCon Run".'),
  qualifies: () => true,
};
