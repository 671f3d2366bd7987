/** What the buttons of a diff page do: files of the runs, the code in the editor's own diff, a copy as Markdown. */
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import { titlesOf } from '../../domain/diff/columns';
import { diffMarkdown } from '../../domain/diff/markdown';
import type { DiffColumn, RunDiff } from '../../domain/diff/runDiff';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { Openable } from '../../protocol/pages/diff';
import { COMMAND } from '../constants';
import { openCodeDiff } from './codeDocuments';
import type { DiffRequest } from './diffSession';

/** Does what a page asks for; what changes or concerns the tab itself is its own affair. */
export async function actOnDiff(
  request: Exclude<DiffRequest, { type: 'makeBaseline' | 'pictures' | 'compareEmbeddings' }>,
  diff: RunDiff,
): Promise<void> {
  switch (request.type) {
    case 'openCode':
      return openCode(diff, request.column, request.path);
    case 'open':
      return openOf(columnAt(diff, request.column), request.what);
    case 'openKey':
      return openKey(columnAt(diff, request.column), request.key);
    case 'copyMarkdown':
      await vscode.env.clipboard.writeText(diffMarkdown(diff, request.all ? 'all' : 'differences'));
      vscode.window.setStatusBarMessage(l10n.t('The comparison was copied as Markdown.'), STATUS_MS);
  }
}

const STATUS_MS = 3000;

async function openCode(diff: RunDiff, column: number, path: string): Promise<void> {
  const titles = titlesOf(diff.columns);
  const [baseline, own] = [columnAt(diff, 0), columnAt(diff, column)];
  await openCodeDiff([baseline.key, own.key], [titles[0] ?? '', titles[column] ?? ''], path);
}

/** Those of our own commands that take a run. */
const COMMAND_OF: Readonly<Partial<Record<Openable, string>>> = {
  dashboard: COMMAND.openDashboard,
  log: COMMAND.showLog,
  folder: COMMAND.revealRunFolder,
};

async function openOf(column: DiffColumn, what: Openable): Promise<void> {
  const command = COMMAND_OF[what];
  if (command !== undefined) await vscode.commands.executeCommand(command, column.key);
  else await show(fileOf(column, what));
}

function fileOf({ kind, key }: DiffColumn, what: Openable): vscode.Uri {
  if (kind === 'configuration') return vscode.Uri.file(key);
  const name = what === 'environment' || what === 'results' ? RUN_FILE[what] : RUN_FILE.config;
  return vscode.Uri.file(join(key, name));
}

/** The key as it is written; a default that the file leaves out has no place, so the file is shown from its start. */
async function openKey(column: DiffColumn, key: string): Promise<void> {
  const editor = await show(fileOf(column, 'configuration'));
  const tree = parseTree(editor.document.getText());
  const node = tree && findNodeAtLocation(tree, key.split('.'));
  if (node === undefined) return;
  const at = (offset: number) => editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at(node.offset), at(node.offset + node.length));
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function show(file: vscode.Uri): Promise<vscode.TextEditor> {
  try {
    return await vscode.window.showTextDocument(file, { preview: true });
  } catch {
    throw new HumanError(
      l10n.t('There is no {0}: the run has not recorded it, or it was deleted.', file.fsPath),
    );
  }
}

function columnAt({ columns }: RunDiff, place: number): DiffColumn {
  const column = columns[place];
  if (column === undefined) throw new RangeError(`The diff has no column ${place}`);
  return column;
}
