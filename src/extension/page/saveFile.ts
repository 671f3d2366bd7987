/** Writes what a page has made to where the user says. The page proposes a name and nothing of a path. */
import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Asks where to, and writes; nothing happens if the user turns away. */
export async function saveFile(name: string, body: string | Uint8Array): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const file = basename(name);
  const proposed = folder ? vscode.Uri.joinPath(folder.uri, file) : vscode.Uri.file(file);
  const target = await vscode.window.showSaveDialog({ defaultUri: proposed, title: l10n.t('Export') });
  if (!target) return;
  await vscode.workspace.fs.writeFile(
    target,
    typeof body === 'string' ? new TextEncoder().encode(body) : body,
  );
}
