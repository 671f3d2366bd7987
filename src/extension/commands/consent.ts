/** Asks before a run loads modules of the user's own or runs a command; what was agreed to is remembered by content. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordsLine } from '../../domain/configuration/command/words';
import type { AskedCommand } from '../../protocol/starter';
import type { Asked, AskedModule } from '../runs/starter';

const RUN_MODULES = l10n.t('Run These Modules');
const RUN_COMMAND = l10n.t('Run This Command');

/** True if the user agrees. */
export async function agrees(asked: Asked): Promise<boolean> {
  return 'command' in asked ? agreesToCommand(asked.command) : agreesToModules(asked.modules);
}

async function agreesToModules(modules: readonly AskedModule[]): Promise<boolean> {
  const detail = [
    ...modules.map(moduleText),
    '',
    l10n.t('They run with your rights, like any program. You are asked again when their content changes.'),
  ];
  return confirm(l10n.t('This run loads code of its own. Run it?'), detail, RUN_MODULES);
}

function moduleText({ source, files, hash }: AskedModule): string {
  const start = `${hash.slice(0, 12)}...`;
  return files === 1
    ? l10n.t('{0}: 1 file, SHA-256 {1}', source, start)
    : l10n.t('{0}: {1} files, SHA-256 {2}', source, files, start);
}

async function agreesToCommand({ program, arguments: words, ...rest }: AskedCommand): Promise<boolean> {
  const variables = Object.entries(rest.environment).map(([name, value]) => `${name}=${value}`);
  const detail = [
    l10n.t('Program: {0}', program),
    words.length === 0 ? l10n.t('Arguments: none') : l10n.t('Arguments: {0}', wordsLine(words)),
    l10n.t('Folder: {0}', rest.workingFolder),
    ...(variables.length === 0 ? [] : [l10n.t('Variables: {0}', variables.join(' '))]),
    '',
    l10n.t('It runs with your rights. You are asked again when any of this changes.'),
  ];
  return confirm(l10n.t('This configuration runs a command. Run it?'), detail, RUN_COMMAND);
}

async function confirm(question: string, detail: readonly string[], yes: string): Promise<boolean> {
  const options = { modal: true, detail: detail.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, yes)) === yes;
}
