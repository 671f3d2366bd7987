/** Progress in the status bar while a run lives, and a notification when one ends. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { COMMAND } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { RunStore } from '../runs/runStore';
import { endedBadly, endText, statusText } from './statusText';

const PRIORITY = 50;

/** Shows progress in the status bar; a click opens the dashboard. */
export function createStatusBar(store: RunStore): Disposable {
  const owned = new DisposableStore();
  const item = owned.add(
    vscode.window.createStatusBarItem('supcon.progress', vscode.StatusBarAlignment.Left, PRIORITY),
  );
  item.name = l10n.t('SupCon run');
  item.command = COMMAND.openDashboard;
  item.tooltip = l10n.t('Open the dashboard of the run');
  owned.add(
    store.onDidChange((runs) => {
      const text = statusText(runs);
      if (text === null) {
        item.hide();
        return;
      }
      if (item.text !== text) item.text = text;
      item.show();
    }),
  );
  return owned;
}

/** Tells when a run of this window ends, with its log one click away. */
export function notifyEnds(store: RunStore): Disposable {
  return store.onDidEnd((run) => {
    const show = endedBadly(run) ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
    const buttons = [SHOW_LOG, run.resumable ? RESUME_RUN : OPEN_DASHBOARD];
    void show<CommandButton>(endText(run), ...buttons).then((choice) => {
      if (choice !== undefined) void vscode.commands.executeCommand(choice.command, run.folder);
    });
  });
}

interface CommandButton extends vscode.MessageItem {
  readonly command: string;
}

const SHOW_LOG: CommandButton = { title: l10n.t('Show Log'), command: COMMAND.showLog };
const RESUME_RUN: CommandButton = { title: l10n.t('Resume Run'), command: COMMAND.resumeRun };
const OPEN_DASHBOARD: CommandButton = { title: l10n.t('Open Dashboard'), command: COMMAND.openDashboard };
