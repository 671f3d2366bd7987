/** Asks before a run loads modules of the user's own; what was agreed to is remembered by content. */
import * as vscode from 'vscode';
import type { AskedModule } from '../runs/starter';

const RUN = 'Run These Modules';

/** True if the user agrees to every module. */
export async function agreesToModules(modules: readonly AskedModule[]): Promise<boolean> {
  const rows = modules.map(
    ({ source, files, hash }) =>
      `${source}: ${files === 1 ? '1 file' : `${files} files`}, SHA-256 ${hash.slice(0, 12)}...`,
  );
  const detail = [
    ...rows,
    '',
    'They run with your rights, like any program. You are asked again when their content changes.',
  ].join('\n');
  const question = 'This run loads code of its own. Run it?';
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, RUN)) === RUN;
}
