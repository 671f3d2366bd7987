/** Shows what went wrong: a sentence written for people as it stands, a defect as one plain sentence with the log. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { causeChain, HumanError } from '../domain/errors';

const SHOW_LOG = l10n.t('Show Log');

/** Runs an action; whatever it throws is logged and shown, never thrown on. */
export async function guarded(
  log: vscode.LogOutputChannel,
  doing: string,
  action: () => unknown,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    await report(log, doing, error);
  }
}

async function report(log: vscode.LogOutputChannel, doing: string, error: unknown): Promise<void> {
  if (error instanceof HumanError) {
    log.warn(`${doing}: ${error.message}`);
    void vscode.window.showErrorMessage(error.message);
    return;
  }
  log.error(`${doing}: ${causeChain(error)}`);
  const text = l10n.t('{0} failed because of a defect in SupCon Lab; the log says more.', doing);
  if ((await vscode.window.showErrorMessage(text, SHOW_LOG)) === SHOW_LOG) log.show();
}
