/** Asks before a run loads modules of the user's own or runs a command; what was agreed to is remembered by content. */
import * as vscode from 'vscode';
import { wordsLine } from '../../domain/configuration/command/words';
import type { AskedCommand } from '../../protocol/starter';
import type { Asked, AskedModule } from '../runs/starter';

const RUN_MODULES = 'Run These Modules';
const RUN_COMMAND = 'Run This Command';

/** True if the user agrees. */
export async function agrees(asked: Asked): Promise<boolean> {
  return 'command' in asked ? agreesToCommand(asked.command) : agreesToModules(asked.modules);
}

async function agreesToModules(modules: readonly AskedModule[]): Promise<boolean> {
  const rows = modules.map(
    ({ source, files, hash }) =>
      `${source}: ${files === 1 ? '1 file' : `${files} files`}, SHA-256 ${hash.slice(0, 12)}...`,
  );
  const detail = [
    ...rows,
    '',
    'They run with your rights, like any program. You are asked again when their content changes.',
  ];
  return confirm('This run loads code of its own. Run it?', detail, RUN_MODULES);
}

async function agreesToCommand({ program, arguments: words, ...rest }: AskedCommand): Promise<boolean> {
  const variables = Object.entries(rest.environment).map(([name, value]) => `${name}=${value}`);
  const detail = [
    `Program: ${program}`,
    `Arguments: ${words.length === 0 ? 'none' : wordsLine(words)}`,
    `Folder: ${rest.workingFolder}`,
    ...(variables.length === 0 ? [] : [`Variables: ${variables.join(' ')}`]),
    '',
    'It runs with your rights. You are asked again when any of this changes.',
  ];
  return confirm('This configuration runs a command. Run it?', detail, RUN_COMMAND);
}

async function confirm(question: string, detail: readonly string[], yes: string): Promise<boolean> {
  const options = { modal: true, detail: detail.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, yes)) === yes;
}
