/** Nothing starts or loads in an untrusted workspace; whoever tries is told so, with the way out. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

const MANAGE_TRUST = l10n.t('Manage Trust');

/** True if the workspace is trusted; else says why nothing happens. */
export function isTrustedOrExplain(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const text = l10n.t(
    'This workspace is not trusted, so SupCon Lab starts and loads nothing here. Trust it to train and to see its runs.',
  );
  void vscode.window.showWarningMessage(text, MANAGE_TRUST).then((choice) => {
    if (choice === MANAGE_TRUST) void vscode.commands.executeCommand('workbench.trust.manage');
  });
  return false;
}
