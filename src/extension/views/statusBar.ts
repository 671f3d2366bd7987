/** Progress in the status bar while a run lives, and a notification when one ends. */
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
  item.name = 'SupCon run';
  item.command = COMMAND.openDashboard;
  item.tooltip = 'Open the dashboard of the run';
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
    const buttons = run.resumable
      ? (['Show Log', 'Resume Run'] as const)
      : (['Show Log', 'Open Dashboard'] as const);
    void show<string>(endText(run), ...buttons).then((choice) => {
      if (choice !== undefined)
        void vscode.commands.executeCommand(BUTTON_COMMANDS[choice] ?? '', run.folder);
    });
  });
}

const BUTTON_COMMANDS: Readonly<Record<string, string>> = {
  'Show Log': COMMAND.showLog,
  'Resume Run': COMMAND.resumeRun,
  'Open Dashboard': COMMAND.openDashboard,
};
